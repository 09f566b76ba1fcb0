-- Counts move in the commit that moves the recipient. `planned` is what is left of the audience.
CREATE TRIGGER `tally_rung` AFTER UPDATE OF `rung` ON `recipients` WHEN new.rung <> old.rung
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'rung', new.rung, 1)
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
  UPDATE tallies SET count = count - 1 WHERE alert_id = old.alert_id AND kind = 'rung' AND key = cast(old.rung AS text);
END;
--> statement-breakpoint
CREATE TRIGGER `tally_response` AFTER UPDATE OF `response` ON `recipients` WHEN new.response IS NOT old.response
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) SELECT new.alert_id, 'response', new.response, 1 WHERE new.response IS NOT NULL
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + 1;
  UPDATE tallies SET count = count - 1 WHERE alert_id = old.alert_id AND kind = 'response' AND key = old.response;
END;
--> statement-breakpoint
CREATE TRIGGER `tally_unreachable` AFTER UPDATE OF `unreachable` ON `recipients` WHEN (new.unreachable IS NULL) <> (old.unreachable IS NULL)
BEGIN
  INSERT INTO tallies (alert_id, kind, key, count) VALUES (new.alert_id, 'unreachable', '', iif(new.unreachable IS NULL, -1, 1))
    ON CONFLICT (alert_id, kind, key) DO UPDATE SET count = count + iif(new.unreachable IS NULL, -1, 1);
END;
