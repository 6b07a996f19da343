-- The cards of pages, with what WeCom asks for to change them once somebody took the report.
CREATE TABLE "SentCard" (
    "outboxId" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "sentCode" TEXT COLLATE "C",
    "pressedCode" TEXT COLLATE "C",
    "codeAt" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('pressable', 'changed', 'left')),

    CONSTRAINT "SentCard_pkey" PRIMARY KEY ("outboxId")
);
CREATE INDEX "SentCard_state_reportId_idx" ON "SentCard"("state", "reportId");
