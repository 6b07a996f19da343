ALTER TABLE "ChatAccount" ADD COLUMN "goneAt" TEXT;
CREATE TABLE "WecomMember" (
    "userid" TEXT NOT NULL PRIMARY KEY,
    "departments" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('here', 'gone', 'renamed')),
    "since" TEXT NOT NULL,
    "knownAs" TEXT
);
CREATE INDEX "WecomMember_state_idx" ON "WecomMember"("state");
CREATE INDEX "WecomMember_knownAs_idx" ON "WecomMember"("knownAs");
CREATE TABLE "WecomChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "receivedAt" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "userid" TEXT,
    "newUserid" TEXT,
    "doneAt" TEXT
);
CREATE INDEX "WecomChange_doneAt_idx" ON "WecomChange"("doneAt");
CREATE TABLE "Departure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workerId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "children" INTEGER NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'settled', 'back')),
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT,
    "settledAt" TEXT,
    "backAt" TEXT,
    "openFor" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "Departure_openFor_key" ON "Departure"("openFor");
CREATE INDEX "Departure_state_nextAskAt_idx" ON "Departure"("state", "nextAskAt");
