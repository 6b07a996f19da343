-- Somebody may be kept from a report because they are of the child's family.
ALTER TABLE "ReportExclusion" DROP CONSTRAINT "ReportExclusion_why_check";
ALTER TABLE "ReportExclusion" ADD CONSTRAINT "ReportExclusion_why_check" CHECK ("why" IN ('asked', 'named', 'family'));
