-- Which tip was sent to whom, and what they said to it.
CREATE TABLE "TipGiven" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "tipId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "outboxId" TEXT,
    "answer" TEXT CHECK ("answer" IN ('useful', 'useless'))
);
CREATE INDEX "TipGiven_personId_idx" ON "TipGiven"("personId");
