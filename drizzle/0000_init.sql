CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`response` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`actor`, `key`)
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`may_raise` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_secret` ON `keys` (`secret_hash`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`recipient_id` text NOT NULL,
	`response` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`recorded_by` text,
	`note_sealed` text,
	`late` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `answers_alert` ON `answers` (`alert_id`,`at`);--> statement-breakpoint
CREATE INDEX `answers_recipient` ON `answers` (`recipient_id`);--> statement-breakpoint
CREATE TABLE `inbound_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`carrier` text NOT NULL,
	`channel` text NOT NULL,
	`from_sealed` text NOT NULL,
	`from_hash` text NOT NULL,
	`text_sealed` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`alert_id` text,
	`recipient_id` text,
	`settled_at` integer,
	`settled_by` text
);
--> statement-breakpoint
CREATE INDEX `inbound_messages_alert` ON `inbound_messages` (`alert_id`,`outcome`,`settled_at`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`code` text NOT NULL,
	`manifest` text NOT NULL,
	`audience` integer NOT NULL,
	`raised_at` integer NOT NULL,
	`raised_by` text NOT NULL,
	`ends_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	`expanded_to` integer
);
--> statement-breakpoint
CREATE INDEX `alerts_state` ON `alerts` (`state`,`ends_at`);--> statement-breakpoint
CREATE INDEX `alerts_code` ON `alerts` (`code`);--> statement-breakpoint
CREATE INDEX `alerts_expanding` ON `alerts` (`expanded_to`) WHERE expanded_to is not null;--> statement-breakpoint
CREATE TABLE `recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`position` integer NOT NULL,
	`link_hash` text NOT NULL,
	`rung` integer DEFAULT 0 NOT NULL,
	`unreachable` text,
	`response` text,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`acknowledged_channel` text,
	`next_step` integer DEFAULT 0 NOT NULL,
	`started_at` integer,
	`next_at` integer,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_person` ON `recipients` (`alert_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `recipients_link` ON `recipients` (`link_hash`);--> statement-breakpoint
CREATE INDEX `recipients_changed` ON `recipients` (`alert_id`,`changed_at`);--> statement-breakpoint
CREATE INDEX `recipients_due` ON `recipients` (`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `recipients_of_person` ON `recipients` (`person_id`,`alert_id`);--> statement-breakpoint
CREATE TABLE `tallies` (
	`alert_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`alert_id`, `kind`, `key`)
);
--> statement-breakpoint
CREATE TABLE `timeline` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`recipient_id` text,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `timeline_alert` ON `timeline` (`alert_id`,`id`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`act` text NOT NULL,
	`subject` text,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`delivery_id` text NOT NULL,
	`number` integer NOT NULL,
	`carrier` text NOT NULL,
	`state` text NOT NULL,
	`provider_id` text,
	`error_code` text,
	`error_reason` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`delivery_id`, `number`),
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attempts_provider` ON `attempts` (`provider_id`) WHERE provider_id is not null;--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`alert_id` text NOT NULL,
	`recipient_id` text NOT NULL,
	`contact_point_id` text NOT NULL,
	`channel` text NOT NULL,
	`purpose` text NOT NULL,
	`step` integer NOT NULL,
	`state` text NOT NULL,
	`carrier` text NOT NULL,
	`failure` text,
	`lease` text,
	`priority` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`recipient_id`) REFERENCES `recipients`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`carrier`,`channel`,`priority`,`due_at`) WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX `deliveries_lease` ON `deliveries` (`lease`) WHERE lease is not null;--> statement-breakpoint
CREATE INDEX `deliveries_recipient` ON `deliveries` (`recipient_id`);--> statement-breakpoint
CREATE INDEX `deliveries_alert` ON `deliveries` (`alert_id`,`channel`,`state`);--> statement-breakpoint
CREATE TABLE `contact_points` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`address_sealed` text NOT NULL,
	`address_hash` text NOT NULL,
	`extension` text,
	`label` text DEFAULT '' NOT NULL,
	`position` integer NOT NULL,
	`status` text NOT NULL,
	`marks` text NOT NULL,
	`last_proof_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contact_points_person` ON `contact_points` (`person_id`,`position`);--> statement-breakpoint
CREATE INDEX `contact_points_address` ON `contact_points` (`address_hash`);--> statement-breakpoint
CREATE TABLE `import_parts` (
	`import_id` text NOT NULL,
	`number` integer NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`import_id`, `number`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`basis` text NOT NULL,
	`refused` text NOT NULL,
	`tree_name` text,
	`applied_at` integer
);
--> statement-breakpoint
CREATE TABLE `opt_outs` (
	`address_hash` text NOT NULL,
	`sender` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `opt_outs_pair` ON `opt_outs` (`address_hash`,`sender`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`external_id` text,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`time_zone` text,
	`groups` text NOT NULL,
	`duty` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_external_id` ON `people` (`external_id`);--> statement-breakpoint
CREATE INDEX `people_name` ON `people` (`name`,`id`);--> statement-breakpoint
CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `templates_name` ON `templates` (`name`);--> statement-breakpoint
CREATE TABLE `tree_nodes` (
	`tree_id` text NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`parent_id` text,
	`deputies` text NOT NULL,
	PRIMARY KEY(`tree_id`, `version`, `position`),
	FOREIGN KEY (`tree_id`) REFERENCES `trees`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `tree_nodes_person` ON `tree_nodes` (`person_id`);--> statement-breakpoint
CREATE TABLE `trees` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`people` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trees_name` ON `trees` (`name`);