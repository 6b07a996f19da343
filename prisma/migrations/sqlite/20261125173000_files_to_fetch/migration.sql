ALTER TABLE "Inbox" ADD COLUMN "awaits" TEXT;
CREATE INDEX "Inbox_awaits_idx" ON "Inbox"("awaits");
