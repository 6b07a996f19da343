-- What a family told that a person must answer; it climbs until somebody has.
CREATE TABLE "FamilyRequest" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C",
    "childId" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('call-director', 'call-above', 'leaving', 'returning', 'phone', 'child-wrote')),
    "text" TEXT COLLATE "C",
    "about" TEXT COLLATE "C",
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'done')),
    "ladder" TEXT COLLATE "C" NOT NULL,
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT COLLATE "C",
    "askedIds" TEXT COLLATE "C" NOT NULL,
    "answeredBy" TEXT COLLATE "C",
    "answeredAt" TEXT COLLATE "C",
    "outcome" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "FamilyRequest_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "FamilyRequest_nextAskAt_idx" ON "FamilyRequest"("nextAskAt");
CREATE INDEX "FamilyRequest_accountId_state_idx" ON "FamilyRequest"("accountId", "state");
CREATE INDEX "FamilyRequest_state_idx" ON "FamilyRequest"("state");
