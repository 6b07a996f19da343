CREATE TABLE "Area" (
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('province', 'city', 'county', 'township', 'village')),
    "parentCode" TEXT COLLATE "C",
    "townshipCode" TEXT COLLATE "C",
    "countyCode" TEXT COLLATE "C",
    "cityCode" TEXT COLLATE "C",

    CONSTRAINT "Area_pkey" PRIMARY KEY ("code")
);
CREATE INDEX "Area_parentCode_idx" ON "Area"("parentCode");
CREATE INDEX "Area_townshipCode_idx" ON "Area"("townshipCode");
CREATE INDEX "Area_countyCode_idx" ON "Area"("countyCode");

CREATE TABLE "Worker" (
    "id" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL CHECK ("role" IN ('director', 'supervisor', 'deputy', 'county-desk', 'county-leader', 'city-desk', 'province-desk')),
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "phone" TEXT COLLATE "C",
    "phoneIndex" TEXT COLLATE "C",
    "account" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('active', 'left')),

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Worker_code_key" ON "Worker"("code");
CREATE UNIQUE INDEX "Worker_account_key" ON "Worker"("account");
CREATE INDEX "Worker_areaCode_role_idx" ON "Worker"("areaCode", "role");

CREATE TABLE "Assignment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "villageCode" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C",
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C",

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Assignment_workerId_idx" ON "Assignment"("workerId");
CREATE INDEX "Assignment_villageCode_idx" ON "Assignment"("villageCode");
CREATE INDEX "Assignment_childId_idx" ON "Assignment"("childId");

CREATE TABLE "DutyRosterEntry" (
    "id" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL CHECK ("role" IN ('supervisor', 'deputy', 'county-desk', 'county-leader')),
    "workerId" TEXT COLLATE "C" NOT NULL,
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C",

    CONSTRAINT "DutyRosterEntry_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "DutyRosterEntry_areaCode_role_idx" ON "DutyRosterEntry"("areaCode", "role");

CREATE TABLE "Household" (
    "id" TEXT COLLATE "C" NOT NULL,
    "villageCode" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "addressIndex" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Household_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Household_addressIndex_key" ON "Household"("addressIndex");

CREATE TABLE "Child" (
    "id" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nickname" TEXT COLLATE "C",
    "sex" TEXT COLLATE "C" NOT NULL CHECK ("sex" IN ('male', 'female')),
    "bornOn" TEXT COLLATE "C" NOT NULL,
    "identityNumber" TEXT COLLATE "C",
    "identityIndex" TEXT COLLATE "C",
    "registration" TEXT COLLATE "C" NOT NULL,
    "category" TEXT COLLATE "C" NOT NULL,
    "difficulty" TEXT COLLATE "C",
    "villageCode" TEXT COLLATE "C" NOT NULL,
    "householdId" TEXT COLLATE "C",
    "health" TEXT COLLATE "C",
    "sealed" TEXT COLLATE "C",
    "schooling" TEXT COLLATE "C",
    "school" TEXT COLLATE "C",
    "grade" TEXT COLLATE "C",
    "boarder" BOOLEAN NOT NULL,
    "tier" TEXT COLLATE "C" NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "tierAssumed" BOOLEAN NOT NULL,
    "enteredBy" TEXT COLLATE "C" NOT NULL CHECK ("enteredBy" IN ('worker', 'import')),
    "dutiesFrom" TEXT COLLATE "C" NOT NULL,
    "endsOn" TEXT COLLATE "C",
    "importedLastContactOn" TEXT COLLATE "C",
    "importedLastVisitOn" TEXT COLLATE "C",
    "lastContactOn" TEXT COLLATE "C",
    "lastVisitOn" TEXT COLLATE "C",
    "cadence" TEXT COLLATE "C" NOT NULL,
    "recent" TEXT COLLATE "C" NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Child_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Child_code_key" ON "Child"("code");
CREATE UNIQUE INDEX "Child_identityIndex_key" ON "Child"("identityIndex");
CREATE INDEX "Child_villageCode_idx" ON "Child"("villageCode");
CREATE INDEX "Child_householdId_idx" ON "Child"("householdId");

CREATE TABLE "TierChange" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "tier" TEXT COLLATE "C" NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "confirmedOn" TEXT COLLATE "C" NOT NULL,
    "confirmedBy" TEXT COLLATE "C",
    "reason" TEXT COLLATE "C",

    CONSTRAINT "TierChange_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "TierChange_childId_idx" ON "TierChange"("childId");

CREATE TABLE "Absence" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C",
    "companion" TEXT COLLATE "C",

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Absence_childId_idx" ON "Absence"("childId");

CREATE TABLE "Guardian" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "phone" TEXT COLLATE "C",
    "phoneIndex" TEXT COLLATE "C",
    "mergeIndex" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Guardian_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Guardian_mergeIndex_key" ON "Guardian"("mergeIndex");

CREATE TABLE "Guardianship" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "guardianId" TEXT COLLATE "C" NOT NULL,
    "relation" TEXT COLLATE "C" NOT NULL,
    "workplace" TEXT COLLATE "C",
    "awaySince" TEXT COLLATE "C",

    CONSTRAINT "Guardianship_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Guardianship_childId_relation_key" ON "Guardianship"("childId", "relation");
CREATE INDEX "Guardianship_guardianId_idx" ON "Guardianship"("guardianId");

CREATE TABLE "Carer" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "phone" TEXT COLLATE "C",
    "phoneIndex" TEXT COLLATE "C",
    "mergeIndex" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Carer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Carer_mergeIndex_key" ON "Carer"("mergeIndex");

CREATE TABLE "CareArrangement" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "carerId" TEXT COLLATE "C" NOT NULL,
    "relation" TEXT COLLATE "C" NOT NULL,
    "fromOn" TEXT COLLATE "C",
    "untilOn" TEXT COLLATE "C",

    CONSTRAINT "CareArrangement_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CareArrangement_childId_relation_key" ON "CareArrangement"("childId", "relation");
CREATE INDEX "CareArrangement_carerId_idx" ON "CareArrangement"("carerId");

CREATE TABLE "ChatAccount" (
    "id" TEXT COLLATE "C" NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL CHECK ("channel" IN ('simulator', 'wecom', 'kf', 'telegram')),
    "externalId" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" CHECK ("personKind" IN ('worker', 'guardian', 'carer')),
    "personId" TEXT COLLATE "C",
    "language" TEXT COLLATE "C" NOT NULL,
    "digestMinutes" INTEGER NOT NULL,
    "quietFromMinutes" INTEGER NOT NULL,
    "quietUntilMinutes" INTEGER NOT NULL,
    "linkedAt" TEXT COLLATE "C",
    "lastWordAt" TEXT COLLATE "C",
    "questionAskedAt" TEXT COLLATE "C",

    CONSTRAINT "ChatAccount_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ChatAccount_channel_externalId_key" ON "ChatAccount"("channel", "externalId");
CREATE INDEX "ChatAccount_personId_idx" ON "ChatAccount"("personId");

CREATE TABLE "Contact" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C" NOT NULL,
    "mode" TEXT COLLATE "C" NOT NULL CHECK ("mode" IN ('home', 'school', 'phone', 'video')),
    "takenOn" TEXT COLLATE "C" NOT NULL,
    "childSeen" BOOLEAN,
    "met" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "outcome" TEXT COLLATE "C" NOT NULL CHECK ("outcome" IN ('none', 'worried', 'unsure')),
    "filedAt" TEXT COLLATE "C" NOT NULL,
    "tripId" TEXT COLLATE "C",
    "supersedesId" TEXT COLLATE "C",
    "supersededById" TEXT COLLATE "C",
    "withdrawn" BOOLEAN NOT NULL,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Contact_childId_takenOn_idx" ON "Contact"("childId", "takenOn");
CREATE INDEX "Contact_authorId_filedAt_idx" ON "Contact"("authorId", "filedAt");

CREATE TABLE "Concern" (
    "id" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "authorId" TEXT COLLATE "C" NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL CHECK ("outcome" IN ('worried', 'unsure')),
    "openedAt" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'call-asked', 'reported', 'follow-up', 'closed')),
    "answeredAt" TEXT COLLATE "C",
    "followUpOn" TEXT COLLATE "C",
    "closedAt" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Concern_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Concern_childId_idx" ON "Concern"("childId");
CREATE INDEX "Concern_state_idx" ON "Concern"("state");

CREATE TABLE "MandatoryReport" (
    "id" TEXT COLLATE "C" NOT NULL,
    "number" TEXT COLLATE "C" NOT NULL,
    "openedAt" TEXT COLLATE "C" NOT NULL,
    "reporterKind" TEXT COLLATE "C" NOT NULL CHECK ("reporterKind" IN ('worker', 'guardian', 'carer', 'unknown')),
    "reporterId" TEXT COLLATE "C",
    "accountId" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C",
    "childId" TEXT COLLATE "C",
    "concernId" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('open', 'acknowledged', 'closed')),
    "ladder" TEXT COLLATE "C" NOT NULL,
    "pagesSent" INTEGER NOT NULL,
    "nextPageAt" TEXT COLLATE "C",
    "acknowledgedAt" TEXT COLLATE "C",
    "acknowledgedBy" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "MandatoryReport_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "MandatoryReport_number_key" ON "MandatoryReport"("number");
CREATE INDEX "MandatoryReport_state_nextPageAt_idx" ON "MandatoryReport"("state", "nextPageAt");
CREATE INDEX "MandatoryReport_reporterId_idx" ON "MandatoryReport"("reporterId");

CREATE TABLE "ReportEntry" (
    "id" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "byId" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('opened', 'words', 'photo', 'paged', 'unreachable', 'acknowledged', 'viewed')),
    "text" TEXT COLLATE "C",

    CONSTRAINT "ReportEntry_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ReportEntry_reportId_at_idx" ON "ReportEntry"("reportId", "at");

CREATE TABLE "ReportRecipient" (
    "id" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "toldAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ReportRecipient_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ReportRecipient_reportId_workerId_key" ON "ReportRecipient"("reportId", "workerId");
CREATE INDEX "ReportRecipient_workerId_idx" ON "ReportRecipient"("workerId");

CREATE TABLE "Feedback" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "authorId" TEXT COLLATE "C",
    "countyCode" TEXT COLLATE "C",
    "text" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "CarePolicyVersion" (
    "id" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C",
    "version" INTEGER NOT NULL,
    "validFrom" TEXT COLLATE "C" NOT NULL,
    "source" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "CarePolicyVersion_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "CarePolicyVersion_areaCode_validFrom_idx" ON "CarePolicyVersion"("areaCode", "validFrom");

CREATE TABLE "DialogSession" (
    "key" TEXT COLLATE "C" NOT NULL,
    "rev" INTEGER NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "updatedAt" TEXT COLLATE "C" NOT NULL,
    "wakeAt" TEXT COLLATE "C",

    CONSTRAINT "DialogSession_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "DialogSession_wakeAt_idx" ON "DialogSession"("wakeAt");

CREATE TABLE "Inbox" (
    "seq" SERIAL NOT NULL,
    "channel" TEXT COLLATE "C" NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "accountId" TEXT COLLATE "C" NOT NULL,
    "sessionKey" TEXT COLLATE "C" NOT NULL,
    "receivedAt" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('new', 'done', 'failed')),
    "attempts" INTEGER NOT NULL,
    "doneAt" TEXT COLLATE "C",

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "Inbox_channel_externalId_key" ON "Inbox"("channel", "externalId");
CREATE INDEX "Inbox_state_seq_idx" ON "Inbox"("state", "seq");
CREATE INDEX "Inbox_accountId_seq_idx" ON "Inbox"("accountId", "seq");

CREATE TABLE "Outbox" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL CHECK ("lane" IN ('urgent', 'reply', 'reminder', 'broadcast')),
    "accountId" TEXT COLLATE "C" NOT NULL,
    "sessionKey" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('says', 'digest', 'supervisor-digest', 'county-table')),
    "refs" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('queued', 'sending', 'accepted', 'failed', 'unknown', 'dropped')),
    "createdAt" TEXT COLLATE "C" NOT NULL,
    "dueAt" TEXT COLLATE "C" NOT NULL,
    "notBefore" TEXT COLLATE "C" NOT NULL,
    "retryAt" TEXT COLLATE "C",
    "claimedAt" TEXT COLLATE "C",
    "acceptedAt" TEXT COLLATE "C",
    "attempts" INTEGER NOT NULL,
    "error" TEXT COLLATE "C",
    "causeSeq" INTEGER,
    "possiblyRepeated" BOOLEAN NOT NULL,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");
CREATE INDEX "Outbox_state_lane_notBefore_idx" ON "Outbox"("state", "lane", "notBefore");
CREATE INDEX "Outbox_sessionKey_createdAt_idx" ON "Outbox"("sessionKey", "createdAt");
CREATE INDEX "Outbox_causeSeq_idx" ON "Outbox"("causeSeq");

CREATE TABLE "PlannedWork" (
    "key" TEXT COLLATE "C" NOT NULL,
    "childId" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C",
    "kind" TEXT COLLATE "C" NOT NULL,
    "periodStart" TEXT COLLATE "C" NOT NULL,
    "stage" TEXT COLLATE "C" NOT NULL,
    "stageOn" TEXT COLLATE "C" NOT NULL,
    "dueOn" TEXT COLLATE "C" NOT NULL,
    "tier" TEXT COLLATE "C" NOT NULL CHECK ("tier" IN ('low', 'medium', 'high')),
    "plannedAt" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('planned', 'told', 'merged', 'answered')),
    "toldAt" TEXT COLLATE "C",
    "toldIn" TEXT COLLATE "C",

    CONSTRAINT "PlannedWork_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "PlannedWork_personId_state_idx" ON "PlannedWork"("personId", "state");
CREATE INDEX "PlannedWork_childId_idx" ON "PlannedWork"("childId");

CREATE TABLE "AccessRow" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "screen" TEXT COLLATE "C" NOT NULL,
    "childIds" TEXT COLLATE "C" NOT NULL,
    "reportId" TEXT COLLATE "C",

    CONSTRAINT "AccessRow_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AccessRow_workerId_at_idx" ON "AccessRow"("workerId", "at");

CREATE TABLE "AuditEvent" (
    "seq" SERIAL NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "actorId" TEXT COLLATE "C",
    "action" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "AuditEvent_id_key" ON "AuditEvent"("id");

CREATE TABLE "AuditSeal" (
    "seq" INTEGER NOT NULL,
    "throughSeq" INTEGER NOT NULL,
    "sealedAt" TEXT COLLATE "C" NOT NULL,
    "previous" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "Setting" (
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "Lease" (
    "name" TEXT COLLATE "C" NOT NULL,
    "holder" TEXT COLLATE "C" NOT NULL,
    "rev" INTEGER NOT NULL,
    "expiresAt" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "RevisionGuard" (
    "ok" INTEGER NOT NULL CHECK ("ok" = 1),

    CONSTRAINT "RevisionGuard_pkey" PRIMARY KEY ("ok")
);

CREATE TABLE "SimulatorMessage" (
    "seq" SERIAL NOT NULL,
    "account" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "lane" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "outboxId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "SimulatorMessage_pkey" PRIMARY KEY ("seq")
);
CREATE UNIQUE INDEX "SimulatorMessage_outboxId_key" ON "SimulatorMessage"("outboxId");
CREATE INDEX "SimulatorMessage_account_seq_idx" ON "SimulatorMessage"("account", "seq");
