DROP INDEX `recipients_changed`;--> statement-breakpoint
CREATE INDEX `recipients_page` ON `recipients` (`alert_id`,`id`);--> statement-breakpoint
CREATE INDEX `recipients_changed` ON `recipients` (`alert_id`,`changed_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_account` ON `invitations` (`account_id`);--> statement-breakpoint
ALTER TABLE `sessions` DROP COLUMN `seen_at`;--> statement-breakpoint
-- Clocks of several processes differ, and a commit that waited brings an older time than one that overtook it. The times
-- of changes go up in the order of the commits, so that a board which reads on from the newest one misses nothing.
CREATE TRIGGER `changes_in_order` AFTER UPDATE OF `changed_at` ON `recipients`
  WHEN new.changed_at < (SELECT max(changed_at) FROM recipients WHERE alert_id = new.alert_id)
BEGIN
  UPDATE recipients SET changed_at = (SELECT max(changed_at) FROM recipients WHERE alert_id = new.alert_id) WHERE id = new.id;
END;
--> statement-breakpoint
DROP INDEX `sessions_account`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `accounts_name` ON `accounts` (`name`,`id`);--> statement-breakpoint
UPDATE `sessions` SET `id` = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
