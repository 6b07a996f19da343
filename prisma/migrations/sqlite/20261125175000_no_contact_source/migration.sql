-- The paper a 不得联系 follows from, and the one it was lifted by.
ALTER TABLE "NoContact" ADD COLUMN "source" TEXT;
ALTER TABLE "NoContact" ADD COLUMN "liftedWhy" TEXT;
