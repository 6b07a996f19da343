-- Codes with which a guardian or carer binds a phone.
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "codeIndex" TEXT NOT NULL,
    "personKind" TEXT NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "madeBy" TEXT NOT NULL,
    "madeAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "usedAt" TEXT,
    "usedBy" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "Invitation_codeIndex_key" ON "Invitation"("codeIndex");
CREATE INDEX "Invitation_personId_idx" ON "Invitation"("personId");
-- Who says by an invitation that they are this adult, and whether a director said that it is so.
CREATE TABLE "Binding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "personKind" TEXT NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "invitationId" TEXT NOT NULL,
    "madeBy" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('asked', 'confirmed', 'refused', 'ended')),
    "askedAt" TEXT NOT NULL,
    "answeredBy" TEXT,
    "answeredAt" TEXT,
    "endedAt" TEXT,
    "nextAskAt" TEXT,
    "asksSent" INTEGER NOT NULL,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "Binding_accountId_idx" ON "Binding"("accountId");
CREATE INDEX "Binding_personId_idx" ON "Binding"("personId");
CREATE INDEX "Binding_childId_state_idx" ON "Binding"("childId", "state");
CREATE INDEX "Binding_nextAskAt_idx" ON "Binding"("nextAskAt");
-- What somebody said to a text they were shown.
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "personKind" TEXT NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('keep', 'tips')),
    "given" BOOLEAN NOT NULL,
    "textVersion" INTEGER NOT NULL
);
CREATE INDEX "Consent_personId_kind_idx" ON "Consent"("personId", "kind");
-- Codes that fitted nothing.
CREATE TABLE "WrongCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "at" TEXT NOT NULL
);
CREATE INDEX "WrongCode_accountId_at_idx" ON "WrongCode"("accountId", "at");
