CREATE TABLE "ContactAnew" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "mode" TEXT NOT NULL CHECK ("mode" IN ('home', 'school', 'phone', 'video', 'elsewhere')),
    "takenOn" TEXT NOT NULL,
    "childSeen" BOOLEAN,
    "met" TEXT,
    "note" TEXT,
    "outcome" TEXT NOT NULL CHECK ("outcome" IN ('none', 'worried', 'unsure')),
    "filedAt" TEXT NOT NULL,
    "tripId" TEXT,
    "supersedesId" TEXT,
    "supersededById" TEXT,
    "withdrawn" BOOLEAN NOT NULL,
    "reason" TEXT,
    "correctedById" TEXT
);
INSERT INTO "ContactAnew" ("id", "childId", "authorId", "mode", "takenOn", "childSeen", "met", "note", "outcome", "filedAt", "tripId", "supersedesId", "supersededById", "withdrawn", "reason", "correctedById")
SELECT "id", "childId", "authorId", "mode", "takenOn", "childSeen", "met", "note", "outcome", "filedAt", "tripId", "supersedesId", "supersededById", "withdrawn", "reason", "correctedById" FROM "Contact";
DROP TABLE "Contact";
ALTER TABLE "ContactAnew" RENAME TO "Contact";
CREATE INDEX "Contact_childId_takenOn_idx" ON "Contact"("childId", "takenOn");
CREATE INDEX "Contact_authorId_filedAt_idx" ON "Contact"("authorId", "filedAt");
