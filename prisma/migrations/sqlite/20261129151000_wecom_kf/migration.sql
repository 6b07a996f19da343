-- 微信客服: how far its accounts have been read, and what may still be sent to whom.
CREATE TABLE "KfAccount" (
    "openKfId" TEXT NOT NULL PRIMARY KEY,
    "cursor" TEXT,
    "token" TEXT,
    "rev" INTEGER NOT NULL
);

CREATE TABLE "KfReach" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "openKfId" TEXT NOT NULL,
    "lastInboundAt" TEXT,
    "sentSince" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'taken', 'ended')),
    "welcomeCode" TEXT,
    "welcomeUntil" TEXT,
    "invitation" TEXT,
    "rev" INTEGER NOT NULL
);
