-- A report has steps, an end and an answer to its reporter; a drill is marked; the page schedule may begin anew.
CREATE TABLE "MandatoryReport_new" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "reporterKind" TEXT NOT NULL CHECK ("reporterKind" IN ('worker', 'guardian', 'carer', 'unknown')),
    "reporterId" TEXT,
    "accountId" TEXT NOT NULL,
    "areaCode" TEXT,
    "childId" TEXT,
    "concernId" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'acknowledged', 'resolved', 'closed')),
    "ladder" TEXT NOT NULL,
    "pagesSent" INTEGER NOT NULL,
    "nextPageAt" TEXT,
    "acknowledgedAt" TEXT,
    "acknowledgedBy" TEXT,
    "rev" INTEGER NOT NULL,
    "drill" BOOLEAN NOT NULL,
    "climbsFrom" TEXT NOT NULL,
    "feedbackDueAt" TEXT,
    "endedAs" TEXT CHECK ("endedAs" IN ('outcome', 'false-alarm', 'joined')),
    "endedAt" TEXT,
    "endedBy" TEXT,
    "joinedTo" TEXT
);
INSERT INTO "MandatoryReport_new" ("id", "number", "openedAt", "reporterKind", "reporterId", "accountId", "areaCode", "childId", "concernId", "state", "ladder", "pagesSent", "nextPageAt", "acknowledgedAt", "acknowledgedBy", "rev", "drill", "climbsFrom")
    SELECT "id", "number", "openedAt", "reporterKind", "reporterId", "accountId", "areaCode", "childId", "concernId", "state", "ladder", "pagesSent", "nextPageAt", "acknowledgedAt", "acknowledgedBy", "rev", false, "openedAt" FROM "MandatoryReport";
DROP TABLE "MandatoryReport";
ALTER TABLE "MandatoryReport_new" RENAME TO "MandatoryReport";
CREATE UNIQUE INDEX "MandatoryReport_number_key" ON "MandatoryReport"("number");
CREATE INDEX "MandatoryReport_state_nextPageAt_idx" ON "MandatoryReport"("state", "nextPageAt");
CREATE INDEX "MandatoryReport_reporterId_idx" ON "MandatoryReport"("reporterId");
CREATE INDEX "MandatoryReport_joinedTo_idx" ON "MandatoryReport"("joinedTo");

CREATE TABLE "ReportEntry_new" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "byId" TEXT,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('opened', 'words', 'voice', 'photo', 'location', 'kind', 'child', 'place', 'danger-now', 'child-safe', 'shared-phone', 'cannot-talk', 'excluded', 'idle', 'joined', 'paged', 'unreachable', 'acknowledged', 'viewed', 'step', 'reopened', 'outcome', 'false-alarm', 'told-reporter')),
    "text" TEXT,
    "value" TEXT
);
INSERT INTO "ReportEntry_new" ("id", "reportId", "at", "byId", "kind", "text")
    SELECT "id", "reportId", "at", "byId", "kind", "text" FROM "ReportEntry";
DROP TABLE "ReportEntry";
ALTER TABLE "ReportEntry_new" RENAME TO "ReportEntry";
CREATE INDEX "ReportEntry_reportId_at_idx" ON "ReportEntry"("reportId", "at");

CREATE TABLE "ReportExclusion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "why" TEXT NOT NULL CHECK ("why" IN ('asked', 'named'))
);
CREATE UNIQUE INDEX "ReportExclusion_reportId_workerId_key" ON "ReportExclusion"("reportId", "workerId");
