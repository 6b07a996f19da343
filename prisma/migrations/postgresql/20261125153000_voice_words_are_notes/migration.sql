-- What is said in a voice message goes into the note of its record.
ALTER TABLE "Attachment" DROP COLUMN "words";
