-- Whoever hears of an alert in another way first, by a call from the holder of a card or in the app, takes the word then:
-- the messages that follow carry one.
CREATE TRIGGER `word_when_heard_otherwise` AFTER UPDATE OF `rung` ON `recipients`
  WHEN old.rung = 0 AND new.rung > 0 AND new.word_number IS NULL
BEGIN
  UPDATE people SET words_used = words_used + 1 WHERE id = new.person_id;
  UPDATE recipients SET (word_series, word_number) = (SELECT word_series, words_used FROM people WHERE id = new.person_id)
    WHERE id = new.id;
END;
--> statement-breakpoint
-- Whoever was told that the alert ends soon, and gets a seat in it after that, waits for a turn like everybody else.
CREATE TRIGGER `tally_waiting_later` AFTER UPDATE OF `informed` ON `recipients`
  WHEN old.informed = 1 AND new.informed = 0 AND new.next_at IS NULL AND new.started_at IS NULL AND new.acknowledged_at IS NULL
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'waiting', '', 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
-- Whom somebody who runs the alert added hears of it before a strategy may call him or her off.
CREATE TRIGGER `strategy_hears_added` AFTER UPDATE OF `rung` ON `recipients`
  WHEN old.rung = 0 AND new.rung > 0 AND new.because IS NOT NULL AND new.because->>'$.why' = 'added'
BEGIN
  UPDATE alerts SET decide_at = 0, stirred = stirred + 1 WHERE id = new.alert_id AND state = 'open' AND decides = 1;
END;
