CREATE TABLE `branch_passes` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`tree` text NOT NULL,
	`branch` text NOT NULL,
	`from_person` text,
	`to_person` text,
	`as_what` text NOT NULL,
	`why` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `branch_passes_alert` ON `branch_passes` (`alert_id`);--> statement-breakpoint
CREATE TABLE `card_people` (
	`card_id` text NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`mark` text,
	`marked_at` integer,
	PRIMARY KEY(`card_id`, `person_id`),
	FOREIGN KEY (`card_id`) REFERENCES `cards`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `cards` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`tree` text NOT NULL,
	`branch` text NOT NULL,
	`holder` text NOT NULL,
	`because` text NOT NULL,
	`issued_at` integer NOT NULL,
	`deadline` integer NOT NULL,
	`ended_at` integer,
	`ended_why` text
);
--> statement-breakpoint
CREATE INDEX `cards_alert` ON `cards` (`alert_id`);--> statement-breakpoint
CREATE INDEX `cards_holder` ON `cards` (`holder`,`alert_id`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `decides` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `decide_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `stirred` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `decided` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `alerts_deciding` ON `alerts` (`decide_at`) WHERE decide_at is not null;--> statement-breakpoint
ALTER TABLE `recipients` ADD `because` text;--> statement-breakpoint
ALTER TABLE `recipients` ADD `not_needed_at` integer;--> statement-breakpoint
ALTER TABLE `recipients` ADD `needed_again_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `away_until` integer;--> statement-breakpoint
CREATE INDEX `people_away` ON `people` (`away_until`) WHERE away_until is not null;--> statement-breakpoint
CREATE INDEX `people_removed` ON `people` (`removed_at`) WHERE removed_at is not null;--> statement-breakpoint
CREATE INDEX `tree_nodes_with_deputies` ON `tree_nodes` (`tree_id`,`version`) WHERE deputies <> '[]';--> statement-breakpoint
-- Answers, and that somebody cannot be reached, may decide who is contacted next.
CREATE TRIGGER `strategy_hears_recipients` AFTER UPDATE OF `response`, `acknowledged_at`, `unreachable` ON `recipients`
  WHEN new.response IS NOT old.response OR new.acknowledged_at IS NOT old.acknowledged_at
    OR (new.unreachable IS NULL) <> (old.unreachable IS NULL)
BEGIN
  UPDATE alerts SET decide_at = 0, stirred = stirred + 1 WHERE id = new.alert_id AND decides = 1;
END;
--> statement-breakpoint
CREATE TRIGGER `strategy_hears_people` AFTER UPDATE OF `removed_at`, `away_until` ON `people`
  WHEN new.removed_at IS NOT old.removed_at OR new.away_until IS NOT old.away_until
BEGIN
  UPDATE alerts SET decide_at = 0, stirred = stirred + 1 WHERE state = 'open' AND decides = 1;
END;
--> statement-breakpoint
-- How many of the seated wait for their turn. Whoever answers unasked waits no more.
CREATE TRIGGER `tally_waiting` AFTER INSERT ON `recipients` WHEN new.next_at IS NULL AND new.started_at IS NULL
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'waiting', '', 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tally_turn` AFTER UPDATE OF `next_at` ON `recipients`
  WHEN old.next_at IS NULL AND old.started_at IS NULL AND new.next_at IS NOT NULL AND old.acknowledged_at IS NULL
BEGIN
  UPDATE tallies SET count = count - 1 WHERE alert_id = new.alert_id AND kind = 'waiting' AND key = '';
END;
--> statement-breakpoint
CREATE TRIGGER `tally_unasked` AFTER UPDATE OF `acknowledged_at` ON `recipients`
  WHEN old.acknowledged_at IS NULL AND new.acknowledged_at IS NOT NULL AND old.next_at IS NULL AND old.started_at IS NULL
BEGIN
  UPDATE tallies SET count = count - 1 WHERE alert_id = new.alert_id AND kind = 'waiting' AND key = '';
END;
