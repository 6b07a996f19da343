-- A worry that is told in words alone keeps them, and a call can be asked for without a child.
ALTER TABLE "Concern" ADD COLUMN "words" TEXT COLLATE "C";
ALTER TABLE "CallRequest" ALTER COLUMN "concernId" DROP NOT NULL;
