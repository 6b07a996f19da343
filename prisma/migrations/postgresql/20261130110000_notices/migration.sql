-- Words for many: what was said to whom in one call, and whether it was taken back.
CREATE TABLE "Notice" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "spreadAt" TEXT COLLATE "C",
    "recallAskedAt" TEXT COLLATE "C",
    "recallToldAt" TEXT COLLATE "C",

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Notice_authorId_at_idx" ON "Notice"("authorId", "at");
CREATE INDEX "Notice_spreadAt_idx" ON "Notice"("spreadAt");
CREATE TABLE "BroadcastCall" (
    "id" TEXT COLLATE "C" NOT NULL,
    "noticeId" TEXT COLLATE "C" NOT NULL,
    "sentAt" TEXT COLLATE "C" NOT NULL,
    "msgid" TEXT COLLATE "C",
    "recall" TEXT COLLATE "C" CHECK ("recall" IN ('recalled', 'late', 'refused')),

    CONSTRAINT "BroadcastCall_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "BroadcastCall_noticeId_idx" ON "BroadcastCall"("noticeId");
ALTER TABLE "Outbox" ADD COLUMN "callId" TEXT COLLATE "C";
CREATE INDEX "Outbox_callId_idx" ON "Outbox"("callId");
