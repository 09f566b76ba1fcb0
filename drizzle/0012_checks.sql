CREATE TABLE `checks` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`contact_point_id` text NOT NULL,
	`state` text NOT NULL,
	`code` text NOT NULL,
	`link_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`due_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`claimed_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`carrier` text,
	`provider_id` text,
	`sent_at` integer,
	`ended_at` integer,
	`reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_point_id`) REFERENCES `contact_points`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `checks_open` ON `checks` (`contact_point_id`) WHERE state in ('waiting', 'sent');--> statement-breakpoint
CREATE UNIQUE INDEX `checks_link` ON `checks` (`link_hash`);--> statement-breakpoint
CREATE INDEX `checks_due` ON `checks` (`due_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `checks_person` ON `checks` (`person_id`);--> statement-breakpoint
CREATE TABLE `details_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `details_links_person` ON `details_links` (`person_id`);