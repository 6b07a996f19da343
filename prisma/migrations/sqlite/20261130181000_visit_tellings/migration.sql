-- A visit that a home knows of was moved, kept or dropped: how that comes to them.
CREATE TABLE "VisitTelling" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "visitId" TEXT NOT NULL,
    "childIds" TEXT NOT NULL,
    "directorId" TEXT NOT NULL,
    "step" TEXT NOT NULL CHECK ("step" IN ('change', 'kept', 'cancel')),
    "until" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('waiting', 'queued', 'accepted', 'confirmed', 'told', 'unreachable')),
    "way" TEXT CHECK ("way" IN ('chat', 'subscription', 'sms', 'director')),
    "tried" TEXT NOT NULL,
    "reason" TEXT CHECK ("reason" IN ('no-contact', 'no-phone', 'not-found', 'refused', 'not-reached')),
    "outboxIds" TEXT NOT NULL,
    "personKind" TEXT CHECK ("personKind" IN ('guardian', 'carer')),
    "personId" TEXT,
    "nextAt" TEXT,
    "at" TEXT NOT NULL,
    "byId" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "VisitTelling_state_idx" ON "VisitTelling"("state");
CREATE INDEX "VisitTelling_visitId_idx" ON "VisitTelling"("visitId");
CREATE INDEX "VisitTelling_directorId_state_idx" ON "VisitTelling"("directorId", "state");
CREATE INDEX "VisitTelling_nextAt_idx" ON "VisitTelling"("nextAt");
