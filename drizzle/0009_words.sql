ALTER TABLE `recipients` ADD `word_series` integer;--> statement-breakpoint
ALTER TABLE `recipients` ADD `word_number` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `word_series` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `words_used` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- Whoever is first contacted in an alert takes his or her next word, for all of its messages: whoever is never contacted
-- takes none. Two alerts in the same instant take one each.
CREATE TRIGGER `word_at_first_contact` AFTER UPDATE OF `started_at` ON `recipients`
  WHEN new.started_at IS NOT NULL AND new.word_number IS NULL
BEGIN
  UPDATE people SET words_used = words_used + 1 WHERE id = new.person_id;
  UPDATE recipients SET (word_series, word_number) = (SELECT word_series, words_used FROM people WHERE id = new.person_id)
    WHERE id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER `word_of_joined` AFTER INSERT ON `recipients` WHEN new.started_at IS NOT NULL OR new.informed = 1
BEGIN
  UPDATE people SET words_used = words_used + 1 WHERE id = new.person_id;
  UPDATE recipients SET (word_series, word_number) = (SELECT word_series, words_used FROM people WHERE id = new.person_id)
    WHERE id = new.id;
END;
