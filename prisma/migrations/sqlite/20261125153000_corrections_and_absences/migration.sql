ALTER TABLE "Contact" ADD COLUMN "reason" TEXT;
ALTER TABLE "Contact" ADD COLUMN "correctedById" TEXT;

ALTER TABLE "Absence" ADD COLUMN "authorId" TEXT;
ALTER TABLE "Absence" ADD COLUMN "filedAt" TEXT;
ALTER TABLE "Absence" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'agreed' CHECK ("state" IN ('asked', 'agreed', 'refused', 'withdrawn'));
ALTER TABLE "Absence" ADD COLUMN "answeredBy" TEXT;
ALTER TABLE "Absence" ADD COLUMN "answeredAt" TEXT;
ALTER TABLE "Absence" ADD COLUMN "rev" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "Obstacle" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "filedAt" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('ill', 'road', 'refused', 'other')),
    "note" TEXT,
    "tryOn" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'over')),
    "goes" TEXT CHECK ("goes" IN ('supervisor', 'director', 'village')),
    "goesId" TEXT,
    "answeredBy" TEXT,
    "answeredAt" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "Obstacle_childId_state_idx" ON "Obstacle"("childId", "state");
