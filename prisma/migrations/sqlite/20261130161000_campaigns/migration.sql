-- Safety notices to families, and how each of them came to each person.
CREATE TABLE "Campaign" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "areaCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('winter-break', 'summer-break', 'spring-festival', 'term-start', 'flood-season', 'typhoon')),
    "daysBefore" INTEGER NOT NULL,
    "stages" TEXT,
    "fromOn" TEXT NOT NULL,
    "untilOn" TEXT,
    "dueOn" TEXT NOT NULL,
    "lastOn" TEXT NOT NULL,
    "occasions" TEXT NOT NULL,
    "words" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('proposed', 'approved', 'declined', 'dropped', 'ended')),
    "proposedAt" TEXT NOT NULL,
    "askedAgainOn" TEXT,
    "answeredBy" TEXT,
    "answeredAt" TEXT,
    "people" INTEGER,
    "spreadAt" TEXT,
    "remindOn" TEXT,
    "endedAt" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "Campaign_key_key" ON "Campaign"("key");
CREATE INDEX "Campaign_areaCode_dueOn_idx" ON "Campaign"("areaCode", "dueOn");
CREATE INDEX "Campaign_state_idx" ON "Campaign"("state");
CREATE TABLE "CampaignPerson" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "campaignId" TEXT NOT NULL,
    "personKind" TEXT NOT NULL CHECK ("personKind" IN ('guardian', 'carer', 'worker')),
    "personId" TEXT NOT NULL,
    "childIds" TEXT NOT NULL,
    "villageCode" TEXT NOT NULL,
    "townshipCode" TEXT,
    "directorId" TEXT,
    "state" TEXT NOT NULL CHECK ("state" IN ('waiting', 'queued', 'accepted', 'confirmed', 'told', 'unreachable')),
    "way" TEXT CHECK ("way" IN ('chat', 'subscription', 'sms', 'director')),
    "tried" TEXT NOT NULL,
    "reason" TEXT CHECK ("reason" IN ('no-contact', 'no-phone', 'not-found', 'refused', 'not-reached')),
    "outboxId" TEXT,
    "lookOn" TEXT,
    "askedOn" TEXT,
    "at" TEXT NOT NULL,
    "byId" TEXT,
    "rev" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "CampaignPerson_campaignId_personId_key" ON "CampaignPerson"("campaignId", "personId");
CREATE INDEX "CampaignPerson_campaignId_state_lookOn_idx" ON "CampaignPerson"("campaignId", "state", "lookOn");
CREATE INDEX "CampaignPerson_personId_idx" ON "CampaignPerson"("personId");
CREATE INDEX "CampaignPerson_directorId_state_idx" ON "CampaignPerson"("directorId", "state");
