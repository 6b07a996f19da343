-- Which tip was sent to whom, and what they said to it.
CREATE TABLE "TipGiven" (
    "key" TEXT COLLATE "C" NOT NULL,
    "personId" TEXT COLLATE "C" NOT NULL,
    "tipId" TEXT COLLATE "C" NOT NULL,
    "at" TEXT COLLATE "C" NOT NULL,
    "outboxId" TEXT COLLATE "C",
    "answer" TEXT COLLATE "C" CHECK ("answer" IN ('useful', 'useless')),

    CONSTRAINT "TipGiven_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "TipGiven_personId_idx" ON "TipGiven"("personId");
