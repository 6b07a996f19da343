CREATE TABLE "NoContact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personKind" TEXT NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TEXT NOT NULL,
    "liftedBy" TEXT,
    "liftedAt" TEXT
);
CREATE INDEX "NoContact_personId_idx" ON "NoContact"("personId");
