-- A visit that a home knows of was moved, kept or dropped: how that comes to them.
CREATE TABLE "VisitTelling" (
    "id" TEXT COLLATE "C" NOT NULL,
    "visitId" TEXT COLLATE "C" NOT NULL,
    "childIds" TEXT COLLATE "C" NOT NULL,
    "directorId" TEXT COLLATE "C" NOT NULL,
    "step" TEXT COLLATE "C" NOT NULL CHECK ("step" IN ('change', 'kept', 'cancel')),
    "until" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('waiting', 'queued', 'accepted', 'confirmed', 'told', 'unreachable')),
    "way" TEXT COLLATE "C" CHECK ("way" IN ('chat', 'subscription', 'sms', 'director')),
    "tried" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" CHECK ("reason" IN ('no-contact', 'no-phone', 'not-found', 'refused', 'not-reached')),
    "outboxIds" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT COLLATE "C",
    "nextAt" TEXT COLLATE "C",
    "at" TEXT COLLATE "C" NOT NULL,
    "byId" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "VisitTelling_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "VisitTelling_state_idx" ON "VisitTelling"("state");
CREATE INDEX "VisitTelling_visitId_idx" ON "VisitTelling"("visitId");
CREATE INDEX "VisitTelling_directorId_state_idx" ON "VisitTelling"("directorId", "state");
CREATE INDEX "VisitTelling_nextAt_idx" ON "VisitTelling"("nextAt");
