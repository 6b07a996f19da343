-- A page for which a telephone was rung as well.
CREATE TABLE "Ring" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "outboxId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('ringing', 'waiting', 'rung', 'failed', 'dropped')),
    "attempts" INTEGER NOT NULL,
    "claimedAt" TEXT NOT NULL,
    "retryAt" TEXT,
    "error" TEXT
);
CREATE INDEX "Ring_state_idx" ON "Ring"("state");
