-- A worry that is told in words alone keeps them, and a call can be asked for without a child.
ALTER TABLE "Concern" ADD COLUMN "words" TEXT;
CREATE TABLE "CallRequestAnew" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "concernId" TEXT,
    "directorId" TEXT NOT NULL,
    "areaCode" TEXT,
    "askedAt" TEXT NOT NULL,
    "ladder" TEXT NOT NULL,
    "asksSent" INTEGER NOT NULL,
    "nextAskAt" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'made', 'closed')),
    "answeredAt" TEXT,
    "answeredBy" TEXT,
    "outcome" TEXT CHECK ("outcome" IN ('well', 'report', 'follow-up', 'no-answer')),
    "said" TEXT,
    "words" TEXT,
    "openFor" TEXT,
    "rev" INTEGER NOT NULL
);
INSERT INTO "CallRequestAnew" ("id", "concernId", "directorId", "areaCode", "askedAt", "ladder", "asksSent", "nextAskAt", "state", "answeredAt", "answeredBy", "outcome", "said", "words", "openFor", "rev")
SELECT "id", "concernId", "directorId", "areaCode", "askedAt", "ladder", "asksSent", "nextAskAt", "state", "answeredAt", "answeredBy", "outcome", "said", "words", "openFor", "rev" FROM "CallRequest";
DROP TABLE "CallRequest";
ALTER TABLE "CallRequestAnew" RENAME TO "CallRequest";
CREATE UNIQUE INDEX "CallRequest_openFor_key" ON "CallRequest"("openFor");
CREATE INDEX "CallRequest_state_nextAskAt_idx" ON "CallRequest"("state", "nextAskAt");
