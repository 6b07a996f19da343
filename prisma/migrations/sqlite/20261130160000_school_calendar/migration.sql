-- When schools are on holiday, by city or county and stage; and what was taught about safety.
CREATE TABLE "SchoolBreak" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "areaCode" TEXT NOT NULL,
    "stage" TEXT NOT NULL CHECK ("stage" IN ('kindergarten', 'primary', 'junior', 'senior', 'vocational')),
    "kind" TEXT NOT NULL CHECK ("kind" IN ('winter', 'summer')),
    "year" INTEGER NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "verifiedOn" TEXT,
    "supersededById" TEXT,
    "authorId" TEXT,
    "at" TEXT NOT NULL
);
CREATE INDEX "SchoolBreak_areaCode_year_idx" ON "SchoolBreak"("areaCode", "year");
CREATE TABLE "SafetyEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('county-event', 'school-lecture')),
    "areaCode" TEXT NOT NULL,
    "heldOn" TEXT NOT NULL,
    "topics" TEXT NOT NULL,
    "school" TEXT,
    "audience" INTEGER,
    "words" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "supersedesId" TEXT
);
CREATE INDEX "SafetyEvent_areaCode_heldOn_idx" ON "SafetyEvent"("areaCode", "heldOn");
