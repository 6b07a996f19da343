-- Words for many: what was said to whom in one call, and whether it was taken back.
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "areaCode" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "spreadAt" TEXT,
    "recallAskedAt" TEXT,
    "recallToldAt" TEXT
);
CREATE INDEX "Notice_authorId_at_idx" ON "Notice"("authorId", "at");
CREATE INDEX "Notice_spreadAt_idx" ON "Notice"("spreadAt");
CREATE TABLE "BroadcastCall" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "noticeId" TEXT NOT NULL,
    "sentAt" TEXT NOT NULL,
    "msgid" TEXT,
    "recall" TEXT CHECK ("recall" IN ('recalled', 'late', 'refused'))
);
CREATE INDEX "BroadcastCall_noticeId_idx" ON "BroadcastCall"("noticeId");
ALTER TABLE "Outbox" ADD COLUMN "callId" TEXT;
CREATE INDEX "Outbox_callId_idx" ON "Outbox"("callId");
