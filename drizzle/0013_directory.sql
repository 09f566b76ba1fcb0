CREATE TABLE `directory_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`external_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directory_groups_name` ON `directory_groups` (`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `directory_groups_external_id` ON `directory_groups` (`external_id`);--> statement-breakpoint
CREATE TABLE `directory_members` (
	`group_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `person_id`),
	FOREIGN KEY (`group_id`) REFERENCES `directory_groups`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `directory_members_person` ON `directory_members` (`person_id`);--> statement-breakpoint
CREATE TABLE `directory_removals` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`how` text NOT NULL,
	`reason` text,
	`outcome` text NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directory_removals_waiting` ON `directory_removals` (`person_id`) WHERE outcome = 'waiting';--> statement-breakpoint
CREATE INDEX `directory_removals_outcome` ON `directory_removals` (`outcome`,`at`);--> statement-breakpoint
CREATE TABLE `directory_users` (
	`person_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`user_name_hash` text NOT NULL,
	`external_id` text,
	`state` text NOT NULL,
	`sealed` text NOT NULL,
	`points` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directory_users_name` ON `directory_users` (`user_name_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `directory_users_external_id` ON `directory_users` (`external_id`);