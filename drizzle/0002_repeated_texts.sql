ALTER TABLE `inbound_messages` ADD `repeat_of` text;--> statement-breakpoint
CREATE INDEX `inbound_messages_from` ON `inbound_messages` (`from_hash`,`at`);--> statement-breakpoint
CREATE INDEX `inbound_messages_repeats` ON `inbound_messages` (`repeat_of`) WHERE repeat_of is not null;