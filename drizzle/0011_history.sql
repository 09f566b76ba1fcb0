CREATE TABLE `person_versions` (
	`person_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL,
	`by` text NOT NULL,
	`removed` integer NOT NULL,
	`external_id` text,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`time_zone` text,
	`groups` text NOT NULL,
	`duty` text,
	`away_until` integer,
	`points` text NOT NULL,
	PRIMARY KEY(`person_id`, `version`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tree_versions` (
	`tree_id` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`people` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`tree_id`, `version`),
	FOREIGN KEY (`tree_id`) REFERENCES `trees`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `templates_name`;--> statement-breakpoint
CREATE UNIQUE INDEX `templates_name` ON `templates` (`name`) WHERE removed_at is null;--> statement-breakpoint
DROP INDEX `trees_name`;--> statement-breakpoint
CREATE UNIQUE INDEX `trees_name` ON `trees` (`name`) WHERE removed_at is null;--> statement-breakpoint
ALTER TABLE `people` ADD `updated_by` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `people_updated` ON `people` (`updated_at`);--> statement-breakpoint
-- When earlier versions of a tree were saved was not recorded.
INSERT INTO `tree_versions` (`tree_id`, `version`, `name`, `people`, `at`, `by`)
  SELECT `id`, `version`, `name`, `people`, `updated_at`, '' FROM `trees`;
