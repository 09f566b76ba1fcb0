-- A corrected or added address helps at once: whoever has not answered an open alert is decided for again.
CREATE TRIGGER `new_address_is_due` AFTER INSERT ON `contact_points`
BEGIN
  UPDATE recipients SET next_at = 0
    WHERE person_id = new.person_id AND acknowledged_at IS NULL AND started_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM alerts WHERE id = recipients.alert_id AND state = 'open');
END;
