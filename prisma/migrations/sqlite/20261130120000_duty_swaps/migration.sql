-- A line of the duty roster may take the place of somebody, and may be filed in a conversation.
ALTER TABLE "DutyRosterEntry" ADD COLUMN "replacesId" TEXT;
ALTER TABLE "DutyRosterEntry" ADD COLUMN "filedAt" TEXT;
