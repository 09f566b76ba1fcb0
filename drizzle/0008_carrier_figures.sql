CREATE TABLE `attempt_minutes` (
	`minute` integer NOT NULL,
	`carrier` text NOT NULL,
	`channel` text NOT NULL,
	`outcome` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`minute`, `carrier`, `channel`, `outcome`)
);
--> statement-breakpoint
CREATE TABLE `lanes_aside` (
	`carrier` text NOT NULL,
	`channel` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer NOT NULL,
	`reason` text NOT NULL,
	`next` text,
	PRIMARY KEY(`carrier`, `channel`)
);
