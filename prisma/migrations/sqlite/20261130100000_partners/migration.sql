-- Whom to call about a child in an area, with the day the number was last found right.
CREATE TABLE "Partner" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "areaCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('police', 'hospital', 'school', 'civil-affairs', 'education', 'procuratorate', 'women-federation', 'hotline', 'village')),
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "address" TEXT,
    "verifiedOn" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "untilOn" TEXT
);
CREATE UNIQUE INDEX "Partner_areaCode_kind_name_key" ON "Partner"("areaCode", "kind", "name");
