-- Safety notices to families, and how each of them came to each person.
CREATE TABLE "Campaign" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "areaCode" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL CHECK ("kind" IN ('winter-break', 'summer-break', 'spring-festival', 'term-start', 'flood-season', 'typhoon')),
    "daysBefore" INTEGER NOT NULL,
    "stages" TEXT COLLATE "C",
    "fromOn" TEXT COLLATE "C" NOT NULL,
    "untilOn" TEXT COLLATE "C",
    "dueOn" TEXT COLLATE "C" NOT NULL,
    "lastOn" TEXT COLLATE "C" NOT NULL,
    "occasions" TEXT COLLATE "C" NOT NULL,
    "words" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('proposed', 'approved', 'declined', 'dropped', 'ended')),
    "proposedAt" TEXT COLLATE "C" NOT NULL,
    "askedAgainOn" TEXT COLLATE "C",
    "answeredBy" TEXT COLLATE "C",
    "answeredAt" TEXT COLLATE "C",
    "people" INTEGER,
    "spreadAt" TEXT COLLATE "C",
    "remindOn" TEXT COLLATE "C",
    "endedAt" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Campaign_key_key" ON "Campaign"("key");
CREATE INDEX "Campaign_areaCode_dueOn_idx" ON "Campaign"("areaCode", "dueOn");
CREATE INDEX "Campaign_state_idx" ON "Campaign"("state");
CREATE TABLE "CampaignPerson" (
    "id" TEXT COLLATE "C" NOT NULL,
    "campaignId" TEXT COLLATE "C" NOT NULL,
    "personKind" TEXT COLLATE "C" NOT NULL CHECK ("personKind" IN ('guardian', 'carer', 'worker')),
    "personId" TEXT COLLATE "C" NOT NULL,
    "childIds" TEXT COLLATE "C" NOT NULL,
    "villageCode" TEXT COLLATE "C" NOT NULL,
    "townshipCode" TEXT COLLATE "C",
    "directorId" TEXT COLLATE "C",
    "state" TEXT COLLATE "C" NOT NULL CHECK ("state" IN ('waiting', 'queued', 'accepted', 'confirmed', 'told', 'unreachable')),
    "way" TEXT COLLATE "C" CHECK ("way" IN ('chat', 'subscription', 'sms', 'director')),
    "tried" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" CHECK ("reason" IN ('no-contact', 'no-phone', 'not-found', 'refused', 'not-reached')),
    "outboxId" TEXT COLLATE "C",
    "lookOn" TEXT COLLATE "C",
    "askedOn" TEXT COLLATE "C",
    "at" TEXT COLLATE "C" NOT NULL,
    "byId" TEXT COLLATE "C",
    "rev" INTEGER NOT NULL,

    CONSTRAINT "CampaignPerson_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CampaignPerson_campaignId_personId_key" ON "CampaignPerson"("campaignId", "personId");
CREATE INDEX "CampaignPerson_campaignId_state_lookOn_idx" ON "CampaignPerson"("campaignId", "state", "lookOn");
CREATE INDEX "CampaignPerson_personId_idx" ON "CampaignPerson"("personId");
CREATE INDEX "CampaignPerson_directorId_state_idx" ON "CampaignPerson"("directorId", "state");
