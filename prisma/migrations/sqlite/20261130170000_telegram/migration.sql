-- A worker takes an account of another channel as theirs with a code; wrong codes are counted for each account.
CREATE TABLE "LinkCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "codeIndex" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "madeAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "usedAt" TEXT,
    "usedBy" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "LinkCode_codeIndex_key" ON "LinkCode"("codeIndex");
CREATE INDEX "LinkCode_workerId_idx" ON "LinkCode"("workerId");
CREATE TABLE "LinkAttempt" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "wrong" INTEGER NOT NULL,
    "lockedUntil" TEXT,
    "rev" INTEGER NOT NULL
);
