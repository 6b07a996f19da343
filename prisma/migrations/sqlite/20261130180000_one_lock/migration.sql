-- Wrong codes of an account are counted in one place, whether it looked for a worker's or a family's (WrongCode).
DROP TABLE "LinkAttempt";
