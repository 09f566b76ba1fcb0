CREATE TABLE `updates` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`audience` text NOT NULL,
	`texts` text NOT NULL,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `updates_number` ON `updates` (`alert_id`,`number`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `end_remark` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `warn_at` integer;--> statement-breakpoint
CREATE INDEX `alerts_warning` ON `alerts` (`warn_at`) WHERE warn_at is not null;--> statement-breakpoint
ALTER TABLE `recipients` ADD `added_at` integer;--> statement-breakpoint
ALTER TABLE `recipients` ADD `informed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `text` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- An alert that is open while this is migrated is warned of as well.
UPDATE `alerts` SET `warn_at` = max(`raised_at`, `ends_at` - 1800000) WHERE `state` = 'open';
--> statement-breakpoint
-- Whoever was added to a running alert is counted apart, so that the frozen audience stays the denominator.
DROP TRIGGER `tally_rung`;
--> statement-breakpoint
CREATE TRIGGER `tally_rung` AFTER UPDATE OF `rung` ON `recipients` WHEN new.rung <> old.rung
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, iif(new.added_at IS NULL, 'rung', 'added_rung'), new.rung, 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
  UPDATE tallies SET count = count - 1 WHERE alert_id = old.alert_id
    AND kind = iif(new.added_at IS NULL, 'rung', 'added_rung') AND key = cast(old.rung AS text);
END;
--> statement-breakpoint
DROP TRIGGER `tally_response`;
--> statement-breakpoint
CREATE TRIGGER `tally_response` AFTER UPDATE OF `response` ON `recipients` WHEN new.response IS NOT old.response
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count)
    SELECT new.alert_id, iif(new.added_at IS NULL, 'response', 'added_response'), new.response, 1 WHERE new.response IS NOT NULL
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
  UPDATE tallies SET count = count - 1 WHERE alert_id = old.alert_id
    AND kind = iif(new.added_at IS NULL, 'response', 'added_response') AND key = old.response;
END;
--> statement-breakpoint
DROP TRIGGER `tally_unreachable`;
--> statement-breakpoint
CREATE TRIGGER `tally_unreachable` AFTER UPDATE OF `unreachable` ON `recipients` WHEN (new.unreachable IS NULL) <> (old.unreachable IS NULL)
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count)
    VALUES (new.alert_id, iif(new.added_at IS NULL, 'unreachable', 'added_unreachable'), '', iif(new.unreachable IS NULL, -1, 1))
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + iif(new.unreachable IS NULL, -1, 1);
END;
--> statement-breakpoint
CREATE TRIGGER `tally_added` AFTER INSERT ON `recipients` WHEN new.added_at IS NOT NULL
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'added', '', 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `tally_added_later` AFTER UPDATE OF `added_at` ON `recipients` WHEN old.added_at IS NULL AND new.added_at IS NOT NULL
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'added', '', 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
-- Whoever is only told about an alert waits for no turn in it.
DROP TRIGGER `tally_waiting`;
--> statement-breakpoint
CREATE TRIGGER `tally_waiting` AFTER INSERT ON `recipients`
  WHEN new.next_at IS NULL AND new.started_at IS NULL AND new.informed = 0
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'waiting', '', 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
DROP TRIGGER `tally_turn`;
--> statement-breakpoint
CREATE TRIGGER `tally_turn` AFTER UPDATE OF `next_at` ON `recipients`
  WHEN old.next_at IS NULL AND old.started_at IS NULL AND new.next_at IS NOT NULL AND old.acknowledged_at IS NULL AND old.informed = 0
BEGIN
  UPDATE tallies SET count = count - 1 WHERE alert_id = new.alert_id AND kind = 'waiting' AND key = '';
END;
--> statement-breakpoint
DROP TRIGGER `tally_unasked`;
--> statement-breakpoint
CREATE TRIGGER `tally_unasked` AFTER UPDATE OF `acknowledged_at` ON `recipients`
  WHEN old.acknowledged_at IS NULL AND new.acknowledged_at IS NOT NULL AND old.next_at IS NULL AND old.started_at IS NULL AND old.informed = 0
BEGIN
  UPDATE tallies SET count = count - 1 WHERE alert_id = new.alert_id AND kind = 'waiting' AND key = '';
END;
