-- 请回电话: a call somebody asked for, as a task with an outcome, and who was asked to make it.
CREATE TABLE "CallRequest" (
    "id" TEXT COLLATE "C" NOT NULL,
    "concernId" TEXT COLLATE "C" NOT NULL,
    "directorId" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C",
    "askedAt" TEXT COLLATE "C" NOT NULL,
    "ladder" TEXT COLLATE "C" NOT NULL,
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'made', 'closed')),
    "answeredAt" TEXT COLLATE "C",
    "answeredBy" TEXT COLLATE "C",
    "outcome" TEXT COLLATE "C" CHECK ("outcome" IN ('well', 'report', 'follow-up', 'no-answer')),
    "said" TEXT COLLATE "C",
    "words" TEXT COLLATE "C",
    "openFor" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "CallRequest_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CallRequest_openFor_key" ON "CallRequest"("openFor");
CREATE INDEX "CallRequest_state_nextAskAt_idx" ON "CallRequest"("state", "nextAskAt");

CREATE TABLE "CallRecipient" (
    "id" TEXT COLLATE "C" NOT NULL,
    "callId" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "toldAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "CallRecipient_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CallRecipient_callId_workerId_key" ON "CallRecipient"("callId", "workerId");
CREATE INDEX "CallRecipient_workerId_idx" ON "CallRecipient"("workerId");
