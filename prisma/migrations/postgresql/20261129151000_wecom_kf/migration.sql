-- 微信客服: how far its accounts have been read, and what may still be sent to whom.
CREATE TABLE "KfAccount" (
    "openKfId" TEXT COLLATE "C" NOT NULL,
    "cursor" TEXT COLLATE "C",
    "token" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "KfAccount_pkey" PRIMARY KEY ("openKfId")
);

CREATE TABLE "KfReach" (
    "accountId" TEXT COLLATE "C" NOT NULL,
    "openKfId" TEXT COLLATE "C" NOT NULL,
    "lastInboundAt" TEXT COLLATE "C",
    "sentSince" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'taken', 'ended')),
    "welcomeCode" TEXT COLLATE "C",
    "welcomeUntil" TEXT COLLATE "C",
    "invitation" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "KfReach_pkey" PRIMARY KEY ("accountId")
);
