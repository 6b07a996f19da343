-- A return is a word of its own; an absence and a return can be corrected, and taken back with a reason.
ALTER TABLE "Absence" ADD COLUMN "kind" TEXT COLLATE "C" NOT NULL DEFAULT 'away' CHECK ("kind" IN ('away', 'return'));
ALTER TABLE "Absence" ADD COLUMN "supersedesId" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "supersededById" TEXT COLLATE "C";
ALTER TABLE "Absence" ADD COLUMN "reason" TEXT COLLATE "C";
