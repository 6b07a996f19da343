CREATE TABLE "FollowUp" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "concernId" TEXT COLLATE "C",
    "openedBy" TEXT COLLATE "C" NOT NULL,
    "ownerId" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C",
    "dueOn" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'done', 'dropped')),
    "openedAt" TEXT COLLATE "C" NOT NULL,
    "closedAt" TEXT COLLATE "C",
    "closedBy" TEXT COLLATE "C",
    "closedInContactId" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "FollowUp_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "FollowUp_childId_state_idx" ON "FollowUp"("childId", "state");
CREATE INDEX "FollowUp_ownerId_state_idx" ON "FollowUp"("ownerId", "state");
