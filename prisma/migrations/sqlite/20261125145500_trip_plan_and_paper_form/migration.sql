CREATE TABLE "TripPlan" (
    "workerId" TEXT NOT NULL PRIMARY KEY,
    "body" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL
);

CREATE TABLE "PaperForm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workerId" TEXT NOT NULL,
    "printedAt" TEXT NOT NULL,
    "tripOn" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "body" TEXT NOT NULL
);
CREATE INDEX "PaperForm_workerId_printedAt_idx" ON "PaperForm"("workerId", "printedAt");
