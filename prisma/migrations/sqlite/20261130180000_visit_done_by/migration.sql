-- Which record ended an appointment, so that it is open again where that record is taken back.
ALTER TABLE "VisitAppointment" ADD COLUMN "doneById" TEXT;
CREATE INDEX "VisitAppointment_doneById_idx" ON "VisitAppointment"("doneById");
