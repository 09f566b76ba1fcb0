DROP INDEX `recipients_of_person`;--> statement-breakpoint
DROP INDEX `recipients_person`;--> statement-breakpoint
DROP INDEX `recipients_link`;--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_person` ON `recipients` (`person_id`,`alert_id`);--> statement-breakpoint
CREATE INDEX `recipients_link` ON `recipients` (substr(link_hash, 1, 8));--> statement-breakpoint
DROP INDEX `attempts_provider`;--> statement-breakpoint
CREATE INDEX `attempts_provider` ON `attempts` (substr(provider_id, -8)) WHERE provider_id is not null;