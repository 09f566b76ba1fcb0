-- Whoever hears of an alert in another way first, by a call from the holder of a card or in the app, takes the word then:
-- the messages that follow carry one.
CREATE TRIGGER `word_when_heard_otherwise` AFTER UPDATE OF `rung` ON `recipients`
  WHEN old.rung = 0 AND new.rung > 0 AND new.word_number IS NULL
BEGIN
  UPDATE people SET words_used = words_used + 1 WHERE id = new.person_id;
  UPDATE recipients SET (word_series, word_number) = (SELECT word_series, words_used FROM people WHERE id = new.person_id)
    WHERE id = new.id;
END;
