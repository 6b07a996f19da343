-- When schools are on holiday, by city or county and stage; and what was taught about safety.
CREATE TABLE "SchoolBreak" (
    "id" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "stage" TEXT COLLATE "C" NOT NULL CHECK ("stage" IN ('kindergarten', 'primary', 'junior', 'senior', 'vocational')),
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('winter', 'summer')),
    "year" INTEGER NOT NULL,
    "startsOn" TEXT COLLATE "C" NOT NULL,
    "endsOn" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "verifiedOn" TEXT COLLATE "C",
    "supersededById" TEXT COLLATE "C",
    "authorId" TEXT COLLATE "C",
    "at" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "SchoolBreak_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "SchoolBreak_areaCode_year_idx" ON "SchoolBreak"("areaCode", "year");
CREATE TABLE "SafetyEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('county-event', 'school-lecture')),
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "heldOn" TEXT COLLATE "C" NOT NULL,
    "topics" TEXT COLLATE "C" NOT NULL,
    "school" TEXT COLLATE "C",
    "audience" INTEGER,
    "words" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "supersedesId" TEXT COLLATE "C",

    CONSTRAINT "SafetyEvent_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "SafetyEvent_areaCode_heldOn_idx" ON "SafetyEvent"("areaCode", "heldOn");
