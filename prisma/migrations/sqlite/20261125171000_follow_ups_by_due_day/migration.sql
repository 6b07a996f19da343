CREATE INDEX "FollowUp_state_dueOn_idx" ON "FollowUp"("state", "dueOn");
