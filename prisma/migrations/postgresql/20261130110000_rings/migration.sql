-- A page for which a telephone was rung as well.
CREATE TABLE "Ring" (
    "key" TEXT COLLATE "C" NOT NULL,
    "outboxId" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('ringing', 'waiting', 'rung', 'failed', 'dropped')),
    "attempts" INTEGER NOT NULL,
    "claimedAt" TEXT COLLATE "C" NOT NULL,
    "retryAt" TEXT COLLATE "C",
    "error" TEXT COLLATE "C",

    CONSTRAINT "Ring_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "Ring_state_idx" ON "Ring"("state");
