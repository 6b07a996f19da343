-- 家书: what a director wrote to a parent far away after a calm visit.
CREATE TABLE "FamilyLetter" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C" NOT NULL,
    "directorId" TEXT COLLATE "C" NOT NULL,
    "onDay" TEXT COLLATE "C" NOT NULL,
    "place" TEXT COLLATE "C" NOT NULL CHECK ("place" IN ('home', 'school')),
    "ending" TEXT COLLATE "C" NOT NULL CHECK ("ending" IN ('call', 'easy', 'own')),
    "words" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('waiting', 'sent', 'lapsed', 'withdrawn')),
    "nextAt" TEXT COLLATE "C",
    "createdAt" TEXT COLLATE "C" NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "FamilyLetter_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "FamilyLetter_contactId_key" ON "FamilyLetter"("contactId");
CREATE INDEX "FamilyLetter_childId_idx" ON "FamilyLetter"("childId");
CREATE INDEX "FamilyLetter_nextAt_idx" ON "FamilyLetter"("nextAt");
