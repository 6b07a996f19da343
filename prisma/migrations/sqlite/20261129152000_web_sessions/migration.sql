-- Who came in by a page and until when.
CREATE TABLE "WebSession" (
    "tokenIndex" TEXT NOT NULL PRIMARY KEY,
    "workerId" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL
);
CREATE INDEX "WebSession_workerId_idx" ON "WebSession"("workerId");
