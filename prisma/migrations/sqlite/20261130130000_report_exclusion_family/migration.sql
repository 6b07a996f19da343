-- Somebody may be kept from a report because they are of the child's family.
CREATE TABLE "ReportExclusion_new" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "why" TEXT NOT NULL CHECK ("why" IN ('asked', 'named', 'family'))
);
INSERT INTO "ReportExclusion_new" ("id", "reportId", "workerId", "at", "why")
    SELECT "id", "reportId", "workerId", "at", "why" FROM "ReportExclusion";
DROP TABLE "ReportExclusion";
ALTER TABLE "ReportExclusion_new" RENAME TO "ReportExclusion";
CREATE UNIQUE INDEX "ReportExclusion_reportId_workerId_key" ON "ReportExclusion"("reportId", "workerId");
