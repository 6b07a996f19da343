CREATE TABLE "StoredFile" (
    "id" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('voice', 'photo', 'document')),
    "mime" TEXT COLLATE "C" NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "durationSeconds" INTEGER,
    "ownerAccountId" TEXT COLLATE "C" NOT NULL,
    "createdAt" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "StoredFile_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "StoredFile_ownerAccountId_createdAt_idx" ON "StoredFile"("ownerAccountId", "createdAt");

CREATE TABLE "Attachment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "fileId" TEXT COLLATE "C",
    "location" TEXT COLLATE "C",
    "contactId" TEXT COLLATE "C",
    "reportId" TEXT COLLATE "C",
    "childId" TEXT COLLATE "C",
    "words" TEXT COLLATE "C",

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Attachment_fileId_idx" ON "Attachment"("fileId");
CREATE INDEX "Attachment_contactId_idx" ON "Attachment"("contactId");
CREATE INDEX "Attachment_reportId_idx" ON "Attachment"("reportId");
CREATE INDEX "Attachment_childId_idx" ON "Attachment"("childId");

CREATE TABLE "Listening" (
    "fileId" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL CHECK ("source" IN ('record', 'family')),
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C",
    "receivedAt" TEXT COLLATE "C" NOT NULL,
    "climbAt" TEXT COLLATE "C",
    "playedAt" TEXT COLLATE "C",
    "playedBy" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Listening_pkey" PRIMARY KEY ("fileId")
);
CREATE INDEX "Listening_areaCode_playedAt_idx" ON "Listening"("areaCode", "playedAt");
CREATE INDEX "Listening_climbAt_idx" ON "Listening"("climbAt");

ALTER TABLE "ReportEntry" DROP CONSTRAINT "ReportEntry_kind_check";
ALTER TABLE "ReportEntry" ADD CONSTRAINT "ReportEntry_kind_check" CHECK ("kind" IN ('opened', 'words', 'voice', 'photo', 'location', 'paged', 'unreachable', 'acknowledged', 'viewed'));
