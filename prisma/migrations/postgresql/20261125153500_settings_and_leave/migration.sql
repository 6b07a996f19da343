-- How large the steps of a conversation are, where somebody chose.
ALTER TABLE "ChatAccount" ADD COLUMN "steps" TEXT COLLATE "C" CHECK ("steps" IN ('large', 'small'));

CREATE TABLE "WorkerLeave" (
    "id" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "substituteId" TEXT COLLATE "C",
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C" NOT NULL,
    "filedAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "WorkerLeave_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "WorkerLeave_untilOn_idx" ON "WorkerLeave"("untilOn");
CREATE INDEX "WorkerLeave_workerId_idx" ON "WorkerLeave"("workerId");
