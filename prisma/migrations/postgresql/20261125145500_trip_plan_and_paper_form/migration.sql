CREATE TABLE "TripPlan" (
    "workerId" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "updatedAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "TripPlan_pkey" PRIMARY KEY ("workerId")
);

CREATE TABLE "PaperForm" (
    "id" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "printedAt" TEXT COLLATE "C" NOT NULL,
    "tripOn" TEXT COLLATE "C" NOT NULL,
    "fileId" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "PaperForm_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "PaperForm_workerId_printedAt_idx" ON "PaperForm"("workerId", "printedAt");
