ALTER TABLE "ChatAccount" ADD COLUMN "goneAt" TEXT COLLATE "C";
CREATE TABLE "WecomMember" (
    "userid" TEXT COLLATE "C" NOT NULL,
    "departments" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('here', 'gone', 'renamed')),
    "since" TEXT COLLATE "C" NOT NULL,
    "knownAs" TEXT COLLATE "C",

    CONSTRAINT "WecomMember_pkey" PRIMARY KEY ("userid")
);
CREATE INDEX "WecomMember_state_idx" ON "WecomMember"("state");
CREATE INDEX "WecomMember_knownAs_idx" ON "WecomMember"("knownAs");
CREATE TABLE "WecomChange" (
    "id" TEXT COLLATE "C" NOT NULL,
    "receivedAt" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "userid" TEXT COLLATE "C",
    "newUserid" TEXT COLLATE "C",
    "doneAt" TEXT COLLATE "C",

    CONSTRAINT "WecomChange_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "WecomChange_doneAt_idx" ON "WecomChange"("doneAt");
CREATE TABLE "Departure" (
    "id" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "children" INTEGER NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'settled', 'back')),
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT COLLATE "C",
    "settledAt" TEXT COLLATE "C",
    "backAt" TEXT COLLATE "C",
    "openFor" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Departure_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Departure_openFor_key" ON "Departure"("openFor");
CREATE INDEX "Departure_state_nextAskAt_idx" ON "Departure"("state", "nextAskAt");
