CREATE TABLE "Area" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('province', 'city', 'county', 'township', 'village')),
    "parentCode" TEXT,
    "townshipCode" TEXT,
    "countyCode" TEXT,
    "cityCode" TEXT
);
CREATE INDEX "Area_parentCode_idx" ON "Area"("parentCode");
CREATE INDEX "Area_townshipCode_idx" ON "Area"("townshipCode");
CREATE INDEX "Area_countyCode_idx" ON "Area"("countyCode");

CREATE TABLE "Worker" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL CHECK ("role" IN ('director', 'supervisor', 'deputy', 'county-desk', 'county-leader', 'city-desk', 'province-desk')),
    "areaCode" TEXT NOT NULL,
    "phone" TEXT,
    "phoneIndex" TEXT,
    "account" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('active', 'left'))
);
CREATE UNIQUE INDEX "Worker_code_key" ON "Worker"("code");
CREATE UNIQUE INDEX "Worker_account_key" ON "Worker"("account");
CREATE INDEX "Worker_areaCode_role_idx" ON "Worker"("areaCode", "role");

CREATE TABLE "Assignment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workerId" TEXT NOT NULL,
    "villageCode" TEXT NOT NULL,
    "childId" TEXT,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT
);
CREATE INDEX "Assignment_workerId_idx" ON "Assignment"("workerId");
CREATE INDEX "Assignment_villageCode_idx" ON "Assignment"("villageCode");
CREATE INDEX "Assignment_childId_idx" ON "Assignment"("childId");

CREATE TABLE "DutyRosterEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "areaCode" TEXT NOT NULL,
    "role" TEXT NOT NULL CHECK ("role" IN ('supervisor', 'deputy', 'county-desk', 'county-leader')),
    "workerId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT
);
CREATE INDEX "DutyRosterEntry_areaCode_role_idx" ON "DutyRosterEntry"("areaCode", "role");

CREATE TABLE "Household" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "villageCode" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "addressIndex" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Household_addressIndex_key" ON "Household"("addressIndex");

CREATE TABLE "Child" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nickname" TEXT,
    "sex" TEXT NOT NULL CHECK ("sex" IN ('male', 'female')),
    "bornOn" TEXT NOT NULL,
    "identityNumber" TEXT,
    "identityIndex" TEXT,
    "registration" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "difficulty" TEXT,
    "villageCode" TEXT NOT NULL,
    "householdId" TEXT,
    "health" TEXT,
    "sealed" TEXT,
    "schooling" TEXT,
    "school" TEXT,
    "grade" TEXT,
    "boarder" BOOLEAN NOT NULL,
    "tier" TEXT NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "tierAssumed" BOOLEAN NOT NULL,
    "enteredBy" TEXT NOT NULL CHECK ("enteredBy" IN ('worker', 'import')),
    "dutiesFrom" TEXT NOT NULL,
    "endsOn" TEXT,
    "importedLastContactOn" TEXT,
    "importedLastVisitOn" TEXT,
    "lastContactOn" TEXT,
    "lastVisitOn" TEXT,
    "cadence" TEXT NOT NULL,
    "recent" TEXT NOT NULL,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "Child_code_key" ON "Child"("code");
CREATE UNIQUE INDEX "Child_identityIndex_key" ON "Child"("identityIndex");
CREATE INDEX "Child_villageCode_idx" ON "Child"("villageCode");
CREATE INDEX "Child_householdId_idx" ON "Child"("householdId");

CREATE TABLE "TierChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "tier" TEXT NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "confirmedOn" TEXT NOT NULL,
    "confirmedBy" TEXT,
    "reason" TEXT
);
CREATE INDEX "TierChange_childId_idx" ON "TierChange"("childId");

CREATE TABLE "Absence" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT,
    "companion" TEXT
);
CREATE INDEX "Absence_childId_idx" ON "Absence"("childId");

CREATE TABLE "Guardian" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "phoneIndex" TEXT,
    "mergeIndex" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Guardian_mergeIndex_key" ON "Guardian"("mergeIndex");

CREATE TABLE "Guardianship" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "guardianId" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "workplace" TEXT,
    "awaySince" TEXT
);
CREATE UNIQUE INDEX "Guardianship_childId_relation_key" ON "Guardianship"("childId", "relation");
CREATE INDEX "Guardianship_guardianId_idx" ON "Guardianship"("guardianId");

CREATE TABLE "Carer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "phoneIndex" TEXT,
    "mergeIndex" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Carer_mergeIndex_key" ON "Carer"("mergeIndex");

CREATE TABLE "CareArrangement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "carerId" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "fromOn" TEXT,
    "untilOn" TEXT
);
CREATE UNIQUE INDEX "CareArrangement_childId_relation_key" ON "CareArrangement"("childId", "relation");
CREATE INDEX "CareArrangement_carerId_idx" ON "CareArrangement"("carerId");

CREATE TABLE "ChatAccount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL CHECK ("channel" IN ('simulator', 'wecom', 'kf', 'telegram')),
    "externalId" TEXT NOT NULL,
    "personKind" TEXT CHECK ("personKind" IN ('worker', 'guardian', 'carer')),
    "personId" TEXT,
    "language" TEXT NOT NULL,
    "digestMinutes" INTEGER NOT NULL,
    "quietFromMinutes" INTEGER NOT NULL,
    "quietUntilMinutes" INTEGER NOT NULL,
    "linkedAt" TEXT,
    "lastWordAt" TEXT,
    "questionAskedAt" TEXT
);
CREATE UNIQUE INDEX "ChatAccount_channel_externalId_key" ON "ChatAccount"("channel", "externalId");
CREATE INDEX "ChatAccount_personId_idx" ON "ChatAccount"("personId");

CREATE TABLE "Contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "mode" TEXT NOT NULL CHECK ("mode" IN ('home', 'school', 'phone', 'video')),
    "takenOn" TEXT NOT NULL,
    "childSeen" BOOLEAN,
    "met" TEXT,
    "note" TEXT,
    "outcome" TEXT NOT NULL CHECK ("outcome" IN ('none', 'worried', 'unsure')),
    "filedAt" TEXT NOT NULL,
    "tripId" TEXT,
    "supersedesId" TEXT,
    "supersededById" TEXT,
    "withdrawn" BOOLEAN NOT NULL
);
CREATE INDEX "Contact_childId_takenOn_idx" ON "Contact"("childId", "takenOn");
CREATE INDEX "Contact_authorId_filedAt_idx" ON "Contact"("authorId", "filedAt");

CREATE TABLE "Concern" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "contactId" TEXT,
    "authorId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL CHECK ("outcome" IN ('worried', 'unsure')),
    "openedAt" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'call-asked', 'reported', 'follow-up', 'closed')),
    "answeredAt" TEXT,
    "followUpOn" TEXT,
    "closedAt" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE INDEX "Concern_childId_idx" ON "Concern"("childId");
CREATE INDEX "Concern_state_idx" ON "Concern"("state");

CREATE TABLE "MandatoryReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "reporterKind" TEXT NOT NULL CHECK ("reporterKind" IN ('worker', 'guardian', 'carer', 'unknown')),
    "reporterId" TEXT,
    "accountId" TEXT NOT NULL,
    "areaCode" TEXT,
    "childId" TEXT,
    "concernId" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('open', 'acknowledged', 'closed')),
    "ladder" TEXT NOT NULL,
    "pagesSent" INTEGER NOT NULL,
    "nextPageAt" TEXT,
    "acknowledgedAt" TEXT,
    "acknowledgedBy" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "MandatoryReport_number_key" ON "MandatoryReport"("number");
CREATE INDEX "MandatoryReport_state_nextPageAt_idx" ON "MandatoryReport"("state", "nextPageAt");
CREATE INDEX "MandatoryReport_reporterId_idx" ON "MandatoryReport"("reporterId");

CREATE TABLE "ReportEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "byId" TEXT,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('opened', 'words', 'photo', 'paged', 'unreachable', 'acknowledged', 'viewed')),
    "text" TEXT
);
CREATE INDEX "ReportEntry_reportId_at_idx" ON "ReportEntry"("reportId", "at");

CREATE TABLE "ReportRecipient" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "reportId" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "toldAt" TEXT NOT NULL
);
CREATE UNIQUE INDEX "ReportRecipient_reportId_workerId_key" ON "ReportRecipient"("reportId", "workerId");
CREATE INDEX "ReportRecipient_workerId_idx" ON "ReportRecipient"("workerId");

CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "authorId" TEXT,
    "countyCode" TEXT,
    "text" TEXT NOT NULL
);

CREATE TABLE "CarePolicyVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "areaCode" TEXT,
    "version" INTEGER NOT NULL,
    "validFrom" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "body" TEXT NOT NULL
);
CREATE INDEX "CarePolicyVersion_areaCode_validFrom_idx" ON "CarePolicyVersion"("areaCode", "validFrom");

CREATE TABLE "DialogSession" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "rev" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    "wakeAt" TEXT
);
CREATE INDEX "DialogSession_wakeAt_idx" ON "DialogSession"("wakeAt");

CREATE TABLE "Inbox" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "sessionKey" TEXT NOT NULL,
    "receivedAt" TEXT NOT NULL,
    "body" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('new', 'done', 'failed')),
    "attempts" INTEGER NOT NULL,
    "doneAt" TEXT
);
CREATE UNIQUE INDEX "Inbox_channel_externalId_key" ON "Inbox"("channel", "externalId");
CREATE INDEX "Inbox_state_seq_idx" ON "Inbox"("state", "seq");
CREATE INDEX "Inbox_accountId_seq_idx" ON "Inbox"("accountId", "seq");

CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "lane" TEXT NOT NULL CHECK ("lane" IN ('urgent', 'reply', 'reminder', 'broadcast')),
    "accountId" TEXT NOT NULL,
    "sessionKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('says', 'digest', 'supervisor-digest', 'county-table')),
    "refs" TEXT NOT NULL,
    "body" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('queued', 'sending', 'accepted', 'failed', 'unknown', 'dropped')),
    "createdAt" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "notBefore" TEXT NOT NULL,
    "retryAt" TEXT,
    "claimedAt" TEXT,
    "acceptedAt" TEXT,
    "attempts" INTEGER NOT NULL,
    "error" TEXT,
    "causeSeq" INTEGER,
    "possiblyRepeated" BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");
CREATE INDEX "Outbox_state_lane_notBefore_idx" ON "Outbox"("state", "lane", "notBefore");
CREATE INDEX "Outbox_sessionKey_createdAt_idx" ON "Outbox"("sessionKey", "createdAt");
CREATE INDEX "Outbox_causeSeq_idx" ON "Outbox"("causeSeq");

CREATE TABLE "PlannedWork" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "personId" TEXT,
    "kind" TEXT NOT NULL,
    "periodStart" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "stageOn" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "tier" TEXT NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "plannedAt" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('planned', 'told', 'merged', 'answered')),
    "toldAt" TEXT,
    "toldIn" TEXT
);
CREATE INDEX "PlannedWork_personId_state_idx" ON "PlannedWork"("personId", "state");
CREATE INDEX "PlannedWork_childId_idx" ON "PlannedWork"("childId");

CREATE TABLE "AccessRow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "workerId" TEXT NOT NULL,
    "screen" TEXT NOT NULL,
    "childIds" TEXT NOT NULL,
    "reportId" TEXT
);
CREATE INDEX "AccessRow_workerId_at_idx" ON "AccessRow"("workerId", "at");

CREATE TABLE "AuditEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actorId" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "digest" TEXT NOT NULL
);
CREATE UNIQUE INDEX "AuditEvent_id_key" ON "AuditEvent"("id");

CREATE TABLE "AuditSeal" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "throughSeq" INTEGER NOT NULL,
    "sealedAt" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "rev" INTEGER NOT NULL,
    "expiresAt" TEXT NOT NULL
);

CREATE TABLE "RevisionGuard" (
    "ok" INTEGER NOT NULL PRIMARY KEY CHECK ("ok" = 1)
);

CREATE TABLE "SimulatorMessage" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "account" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "outboxId" TEXT NOT NULL
);
CREATE UNIQUE INDEX "SimulatorMessage_outboxId_key" ON "SimulatorMessage"("outboxId");
CREATE INDEX "SimulatorMessage_account_seq_idx" ON "SimulatorMessage"("account", "seq");
