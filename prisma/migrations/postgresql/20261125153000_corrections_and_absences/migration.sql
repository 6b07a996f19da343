ALTER TABLE "Contact" ADD COLUMN "reason" TEXT COLLATE "C";
ALTER TABLE "Contact" ADD COLUMN "correctedById" TEXT COLLATE "C";

ALTER TABLE "Absence" ADD COLUMN "authorId" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "filedAt" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "state" TEXT COLLATE "C" NOT NULL DEFAULT 'agreed' CHECK ("state" IN ('asked', 'agreed', 'refused', 'withdrawn'));
ALTER TABLE "Absence" ADD COLUMN "answeredBy" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "answeredAt" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "rev" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "Obstacle" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C" NOT NULL,
    "filedAt" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('ill', 'road', 'refused', 'other')),
    "note" TEXT COLLATE "C",
    "tryOn" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'over')),
    "goes" TEXT COLLATE "C" CHECK ("goes" IN ('supervisor', 'director', 'village')),
    "goesId" TEXT COLLATE "C",
    "answeredBy" TEXT COLLATE "C",
    "answeredAt" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Obstacle_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Obstacle_childId_state_idx" ON "Obstacle"("childId", "state");
