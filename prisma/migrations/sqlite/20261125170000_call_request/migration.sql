-- 请回电话: a call somebody asked for, as a task with an outcome, and who was asked to make it.
CREATE TABLE "CallRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "concernId" TEXT NOT NULL,
    "directorId" TEXT NOT NULL,
    "areaCode" TEXT,
    "askedAt" TEXT NOT NULL,
    "ladder" TEXT NOT NULL,
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'made', 'closed')),
    "answeredAt" TEXT,
    "answeredBy" TEXT,
    "outcome" TEXT CHECK ("outcome" IN ('well', 'report', 'follow-up', 'no-answer')),
    "said" TEXT,
    "words" TEXT,
    "openFor" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "CallRequest_openFor_key" ON "CallRequest"("openFor");
CREATE INDEX "CallRequest_state_nextAskAt_idx" ON "CallRequest"("state", "nextAskAt");

CREATE TABLE "CallRecipient" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "callId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "toldAt" TEXT NOT NULL
);
CREATE UNIQUE INDEX "CallRecipient_callId_workerId_key" ON "CallRecipient"("callId", "workerId");
CREATE INDEX "CallRecipient_workerId_idx" ON "CallRecipient"("workerId");
