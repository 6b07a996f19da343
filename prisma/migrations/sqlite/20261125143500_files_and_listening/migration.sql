CREATE TABLE "StoredFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('voice', 'photo', 'document')),
    "mime" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "durationSeconds" INTEGER,
    "ownerAccountId" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "digest" TEXT NOT NULL
);
CREATE INDEX "StoredFile_ownerAccountId_createdAt_idx" ON "StoredFile"("ownerAccountId", "createdAt");

CREATE TABLE "Attachment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "fileId" TEXT,
    "location" TEXT,
    "contactId" TEXT,
    "reportId" TEXT,
    "childId" TEXT,
    "words" TEXT
);
CREATE INDEX "Attachment_fileId_idx" ON "Attachment"("fileId");
CREATE INDEX "Attachment_contactId_idx" ON "Attachment"("contactId");
CREATE INDEX "Attachment_reportId_idx" ON "Attachment"("reportId");
CREATE INDEX "Attachment_childId_idx" ON "Attachment"("childId");

CREATE TABLE "Listening" (
    "fileId" TEXT NOT NULL PRIMARY KEY,
    "source" TEXT NOT NULL CHECK ("source" IN ('record', 'family')),
    "areaCode" TEXT NOT NULL,
    "childId" TEXT,
    "receivedAt" TEXT NOT NULL,
    "climbAt" TEXT,
    "playedAt" TEXT,
    "playedBy" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "Listening_areaCode_playedAt_idx" ON "Listening"("areaCode", "playedAt");
CREATE INDEX "Listening_climbAt_idx" ON "Listening"("climbAt");

-- SQLite cannot change a CHECK: the table is made anew and takes its rows along.
CREATE TABLE "ReportEntry_new" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "byId" TEXT,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('opened', 'words', 'voice', 'photo', 'location', 'paged', 'unreachable', 'acknowledged', 'viewed')),
    "text" TEXT
);
INSERT INTO "ReportEntry_new" SELECT "id", "reportId", "at", "byId", "kind", "text" FROM "ReportEntry";
DROP TABLE "ReportEntry";
ALTER TABLE "ReportEntry_new" RENAME TO "ReportEntry";
CREATE INDEX "ReportEntry_reportId_at_idx" ON "ReportEntry"("reportId", "at");
