CREATE TABLE "FollowUp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "contactId" TEXT,
    "concernId" TEXT,
    "openedBy" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "text" TEXT,
    "dueOn" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'done', 'dropped')),
    "openedAt" TEXT NOT NULL,
    "closedAt" TEXT,
    "closedBy" TEXT,
    "closedInContactId" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "FollowUp_childId_state_idx" ON "FollowUp"("childId", "state");
CREATE INDEX "FollowUp_ownerId_state_idx" ON "FollowUp"("ownerId", "state");
