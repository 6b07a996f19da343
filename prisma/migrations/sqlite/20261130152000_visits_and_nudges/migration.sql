-- On which day somebody goes to see a child, and what its family knows of it.
CREATE TABLE "VisitAppointment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "tripId" TEXT,
    "directorId" TEXT NOT NULL,
    "onDay" TEXT NOT NULL,
    "daypart" TEXT CHECK ("daypart" IN ('morning', 'afternoon', 'evening')),
    "state" TEXT NOT NULL CHECK ("state" IN ('planned', 'told', 'moved', 'done', 'missed', 'cancelled')),
    "told" BOOLEAN NOT NULL,
    "toldAt" TEXT,
    "owed" TEXT CHECK ("owed" IN ('announce', 'change', 'kept', 'cancel')),
    "nextAt" TEXT,
    "reminded" BOOLEAN NOT NULL,
    "atHome" BOOLEAN NOT NULL,
    "wishText" TEXT,
    "wishOn" TEXT,
    "wishPart" TEXT CHECK ("wishPart" IN ('morning', 'afternoon', 'evening')),
    "supersedesId" TEXT,
    "createdAt" TEXT NOT NULL,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "VisitAppointment_childId_state_idx" ON "VisitAppointment"("childId", "state");
CREATE INDEX "VisitAppointment_directorId_state_idx" ON "VisitAppointment"("directorId", "state");
CREATE INDEX "VisitAppointment_nextAt_idx" ON "VisitAppointment"("nextAt");
-- Who was reminded in which week to ring the child.
CREATE TABLE "WeeklyNudge" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "weekOn" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "outboxId" TEXT NOT NULL,
    "answeredAt" TEXT,
    "answer" TEXT CHECK ("answer" IN ('called', 'daily'))
);
CREATE INDEX "WeeklyNudge_personId_weekOn_idx" ON "WeeklyNudge"("personId", "weekOn");
CREATE INDEX "WeeklyNudge_outboxId_idx" ON "WeeklyNudge"("outboxId");
-- Who wants to be left alone by the weekly reminders for a while, or to have them again.
CREATE TABLE "NudgeWish" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "wish" TEXT NOT NULL CHECK ("wish" IN ('quiet', 'again'))
);
CREATE INDEX "NudgeWish_personId_at_idx" ON "NudgeWish"("personId", "at");
