-- The cards of pages, with what WeCom asks for to change them once somebody took the report.
CREATE TABLE "SentCard" (
    "outboxId" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "sentCode" TEXT,
    "pressedCode" TEXT,
    "codeAt" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('pressable', 'changed', 'left'))
);
CREATE INDEX "SentCard_state_reportId_idx" ON "SentCard"("state", "reportId");
