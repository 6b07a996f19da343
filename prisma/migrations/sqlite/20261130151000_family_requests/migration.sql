-- What a family told that a person must answer; it climbs until somebody has.
CREATE TABLE "FamilyRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "personKind" TEXT CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT,
    "childId" TEXT,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('call-director', 'call-above', 'leaving', 'returning', 'phone', 'child-wrote')),
    "text" TEXT,
    "about" TEXT,
    "areaCode" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'done')),
    "ladder" TEXT NOT NULL,
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT,
    "askedIds" TEXT NOT NULL,
    "answeredBy" TEXT,
    "answeredAt" TEXT,
    "outcome" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "FamilyRequest_nextAskAt_idx" ON "FamilyRequest"("nextAskAt");
CREATE INDEX "FamilyRequest_accountId_state_idx" ON "FamilyRequest"("accountId", "state");
CREATE INDEX "FamilyRequest_state_idx" ON "FamilyRequest"("state");
