-- A family's voice message climbs by a ladder of its own until somebody has listened, and then lies open to the desk as well.
ALTER TABLE "Listening" ADD COLUMN "ladder" TEXT COLLATE "C";
ALTER TABLE "Listening" ADD COLUMN "askedAbove" TEXT COLLATE "C";
-- What had been told once and was then forgotten is told again.
UPDATE "Listening" SET "climbAt" = "receivedAt" WHERE "source" = 'family' AND "playedAt" IS NULL AND "climbAt" IS NULL;
CREATE INDEX "Listening_askedAbove_playedAt_idx" ON "Listening"("askedAbove", "playedAt");
