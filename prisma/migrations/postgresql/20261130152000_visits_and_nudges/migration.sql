-- On which day somebody goes to see a child, and what its family knows of it.
CREATE TABLE "VisitAppointment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "tripId" TEXT COLLATE "C",
    "directorId" TEXT COLLATE "C" NOT NULL,
    "onDay" TEXT COLLATE "C" NOT NULL,
    "daypart" TEXT COLLATE "C" CHECK ("daypart" IN ('morning', 'afternoon', 'evening')),
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('planned', 'told', 'moved', 'done', 'missed', 'cancelled')),
    "told" BOOLEAN NOT NULL,
    "toldAt" TEXT COLLATE "C",
    "owed" TEXT COLLATE "C" CHECK ("owed" IN ('announce', 'change', 'kept', 'cancel')),
    "nextAt" TEXT COLLATE "C",
    "reminded" BOOLEAN NOT NULL,
    "atHome" BOOLEAN NOT NULL,
    "wishText" TEXT COLLATE "C",
    "wishOn" TEXT COLLATE "C",
    "wishPart" TEXT COLLATE "C" CHECK ("wishPart" IN ('morning', 'afternoon', 'evening')),
    "supersedesId" TEXT COLLATE "C",
    "createdAt" TEXT COLLATE "C" NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "VisitAppointment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "VisitAppointment_childId_state_idx" ON "VisitAppointment"("childId", "state");
CREATE INDEX "VisitAppointment_directorId_state_idx" ON "VisitAppointment"("directorId", "state");
CREATE INDEX "VisitAppointment_nextAt_idx" ON "VisitAppointment"("nextAt");
-- Who was reminded in which week to ring the child.
CREATE TABLE "WeeklyNudge" (
    "key" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "weekOn" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "outboxId" TEXT COLLATE "C" NOT NULL,
    "answeredAt" TEXT COLLATE "C",
    "answer" TEXT COLLATE "C" CHECK ("answer" IN ('called', 'daily')),

    CONSTRAINT "WeeklyNudge_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "WeeklyNudge_personId_weekOn_idx" ON "WeeklyNudge"("personId", "weekOn");
CREATE INDEX "WeeklyNudge_outboxId_idx" ON "WeeklyNudge"("outboxId");
-- Who wants to be left alone by the weekly reminders for a while, or to have them again.
CREATE TABLE "NudgeWish" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "wish" TEXT COLLATE "C" NOT NULL CHECK ("wish" IN ('quiet', 'again')),

    CONSTRAINT "NudgeWish_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "NudgeWish_personId_at_idx" ON "NudgeWish"("personId", "at");
