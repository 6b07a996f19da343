-- 家书: what a director wrote to a parent far away after a calm visit.
CREATE TABLE "FamilyLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "directorId" TEXT NOT NULL,
    "onDay" TEXT NOT NULL,
    "place" TEXT NOT NULL CHECK ("place" IN ('home', 'school')),
    "ending" TEXT NOT NULL CHECK ("ending" IN ('call', 'easy', 'own')),
    "words" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('waiting', 'sent', 'lapsed', 'withdrawn')),
    "nextAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "FamilyLetter_contactId_key" ON "FamilyLetter"("contactId");
CREATE INDEX "FamilyLetter_childId_idx" ON "FamilyLetter"("childId");
CREATE INDEX "FamilyLetter_nextAt_idx" ON "FamilyLetter"("nextAt");
