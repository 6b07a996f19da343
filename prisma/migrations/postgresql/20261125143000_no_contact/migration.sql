CREATE TABLE "NoContact" (
    "id" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" NOT NULL CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "setBy" TEXT COLLATE "C" NOT NULL,
    "setAt" TEXT COLLATE "C" NOT NULL,
    "liftedBy" TEXT COLLATE "C",
    "liftedAt" TEXT COLLATE "C",

    CONSTRAINT "NoContact_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "NoContact_personId_idx" ON "NoContact"("personId");
