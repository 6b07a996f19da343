-- A worker takes an account of another channel as theirs with a code; wrong codes are counted for each account.
CREATE TABLE "LinkCode" (
    "id" TEXT COLLATE "C" NOT NULL,
    "codeIndex" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "madeAt" TEXT COLLATE "C" NOT NULL,
    "expiresAt" TEXT COLLATE "C" NOT NULL,
    "usedAt" TEXT COLLATE "C",
    "usedBy" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "LinkCode_codeIndex_key" ON "LinkCode"("codeIndex");
CREATE INDEX "LinkCode_workerId_idx" ON "LinkCode"("workerId");
CREATE TABLE "LinkAttempt" (
    "accountId" TEXT COLLATE "C" NOT NULL,
    "wrong" INTEGER NOT NULL,
    "lockedUntil" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "LinkAttempt_pkey" PRIMARY KEY ("accountId")
);
