ALTER TABLE "Contact" DROP CONSTRAINT "Contact_mode_check";
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_mode_check" CHECK ("mode" IN ('home', 'school', 'phone', 'video', 'elsewhere'));
