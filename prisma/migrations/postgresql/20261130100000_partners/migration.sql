-- Whom to call about a child in an area, with the day the number was last found right.
CREATE TABLE "Partner" (
    "id" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('police', 'hospital', 'school', 'civil-affairs', 'education', 'procuratorate', 'women-federation', 'hotline', 'village')),
    "name" TEXT COLLATE "C" NOT NULL,
    "phone" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C",
    "verifiedOn" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C",

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Partner_areaCode_kind_name_key" ON "Partner"("areaCode", "kind", "name");
