-- How large the steps of a conversation are, where somebody chose.
ALTER TABLE "ChatAccount" ADD COLUMN "steps" TEXT CHECK ("steps" IN ('large', 'small'));

CREATE TABLE "WorkerLeave" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workerId" TEXT NOT NULL,
    "substituteId" TEXT,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT NOT NULL,
    "filedAt" TEXT NOT NULL
);
CREATE INDEX "WorkerLeave_untilOn_idx" ON "WorkerLeave"("untilOn");
CREATE INDEX "WorkerLeave_workerId_idx" ON "WorkerLeave"("workerId");
