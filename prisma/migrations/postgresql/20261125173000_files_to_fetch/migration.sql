ALTER TABLE "Inbox" ADD COLUMN "awaits" TEXT COLLATE "C";
CREATE INDEX "Inbox_awaits_idx" ON "Inbox"("awaits");
