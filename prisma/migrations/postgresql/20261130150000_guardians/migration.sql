-- Codes with which a guardian or carer binds a phone.
CREATE TABLE "Invitation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "codeIndex" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "madeBy" TEXT COLLATE "C" NOT NULL,
    "madeAt" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TEXT COLLATE "C" NOT NULL,
    "usedAt" TEXT COLLATE "C",
    "usedBy" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Invitation_codeIndex_key" ON "Invitation"("codeIndex");
CREATE INDEX "Invitation_personId_idx" ON "Invitation"("personId");
-- Who says by an invitation that they are this adult, and whether a director said that it is so.
CREATE TABLE "Binding" (
    "id" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "invitationId" TEXT COLLATE "C" NOT NULL,
    "madeBy" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('asked', 'confirmed', 'refused', 'ended')),
    "askedAt" TEXT COLLATE "C" NOT NULL,
    "answeredBy" TEXT COLLATE "C",
    "answeredAt" TEXT COLLATE "C",
    "endedAt" TEXT COLLATE "C",
    "nextAskAt" TEXT COLLATE "C",
    "asksSent" INTEGER NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Binding_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Binding_accountId_idx" ON "Binding"("accountId");
CREATE INDEX "Binding_personId_idx" ON "Binding"("personId");
CREATE INDEX "Binding_childId_state_idx" ON "Binding"("childId", "state");
CREATE INDEX "Binding_nextAskAt_idx" ON "Binding"("nextAskAt");
-- What somebody said to a text they were shown.
CREATE TABLE "Consent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('keep', 'tips')),
    "given" BOOLEAN NOT NULL,
    "textVersion" INTEGER NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Consent_personId_kind_idx" ON "Consent"("personId", "kind");
-- Codes that fitted nothing.
CREATE TABLE "WrongCode" (
    "id" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "WrongCode_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "WrongCode_accountId_at_idx" ON "WrongCode"("accountId", "at");
