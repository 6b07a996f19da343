-- Who came in by a page and until when.
CREATE TABLE "WebSession" (
    "tokenIndex" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "startedAt" TEXT COLLATE "C" NOT NULL,
    "endsAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "WebSession_pkey" PRIMARY KEY ("tokenIndex")
);
CREATE INDEX "WebSession_workerId_idx" ON "WebSession"("workerId");
