DROP INDEX `answers_recipient`;--> statement-breakpoint
CREATE INDEX `answers_recipient` ON `answers` (`recipient_id`,`at`,`received_at`);