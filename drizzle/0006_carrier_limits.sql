CREATE TABLE `spending` (
	`alert_id` text NOT NULL,
	`carrier` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `carrier`)
);
--> statement-breakpoint
ALTER TABLE `deliveries` ADD `allowed` text;