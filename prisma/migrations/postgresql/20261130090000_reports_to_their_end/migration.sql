-- A report has steps, an end and an answer to its reporter; a drill is marked; the page schedule may begin anew.
ALTER TABLE "MandatoryReport" ADD COLUMN "drill" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "MandatoryReport" ALTER COLUMN "drill" DROP DEFAULT;
ALTER TABLE "MandatoryReport" ADD COLUMN "climbsFrom" TEXT COLLATE "C";
UPDATE "MandatoryReport" SET "climbsFrom" = "openedAt";
ALTER TABLE "MandatoryReport" ALTER COLUMN "climbsFrom" SET NOT NULL;
ALTER TABLE "MandatoryReport" ADD COLUMN "feedbackDueAt" TEXT COLLATE "C";
ALTER TABLE "MandatoryReport" ADD COLUMN "endedAs" TEXT COLLATE "C" CHECK ("endedAs" IN ('outcome', 'false-alarm', 'joined'));
ALTER TABLE "MandatoryReport" ADD COLUMN "endedAt" TEXT COLLATE "C";
ALTER TABLE "MandatoryReport" ADD COLUMN "endedBy" TEXT COLLATE "C";
ALTER TABLE "MandatoryReport" ADD COLUMN "joinedTo" TEXT COLLATE "C";
ALTER TABLE "MandatoryReport" DROP CONSTRAINT "MandatoryReport_state_check";
ALTER TABLE "MandatoryReport" ADD CONSTRAINT "MandatoryReport_state_check" CHECK ("state" IN ('open', 'acknowledged', 'resolved', 'closed'));
CREATE INDEX "MandatoryReport_joinedTo_idx" ON "MandatoryReport"("joinedTo");

ALTER TABLE "ReportEntry" ADD COLUMN "value" TEXT COLLATE "C";
ALTER TABLE "ReportEntry" DROP CONSTRAINT "ReportEntry_kind_check";
ALTER TABLE "ReportEntry" ADD CONSTRAINT "ReportEntry_kind_check" CHECK ("kind" IN ('opened', 'words', 'voice', 'photo', 'location', 'kind', 'child', 'place', 'danger-now', 'child-safe', 'shared-phone', 'cannot-talk', 'excluded', 'idle', 'joined', 'paged', 'unreachable', 'acknowledged', 'viewed', 'step', 'reopened', 'outcome', 'false-alarm', 'told-reporter'));

CREATE TABLE "ReportExclusion" (
    "id" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "why" TEXT COLLATE "C" NOT NULL CHECK ("why" IN ('asked', 'named')),

    CONSTRAINT "ReportExclusion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ReportExclusion_reportId_workerId_key" ON "ReportExclusion"("reportId", "workerId");
