ALTER TABLE `checks` ADD `by_hand` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `checks` ADD `known` integer DEFAULT false NOT NULL;