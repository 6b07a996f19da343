/** What a file belongs to, as far as it decides who may open it. */
export interface FileBelongings {
  /** The person whose account sent it, or for whom it was made; null for a stranger. */
  readonly ownerPersonId: string | null;
  readonly ownerAccountId: string;
  /** Who was told of the reports it belongs to. */
  readonly reportRecipients: readonly string[];
  readonly belongsToReport: boolean;
  readonly childIds: readonly string[];
  /** The village, or the county, whose people are asked to listen; both where it has climbed so far. */
  readonly askedIn: readonly string[];
  /** Whom its sender keeps from it. */
  readonly keptFrom: readonly string[];
}

/** Who wants to open a file. */
export interface Opener {
  readonly accountId: string;
  readonly personId: string | null;
  /** The children this worker answers for today. */
  readonly childIds: readonly string[];
  /** The villages, or the county, this worker answers for today. */
  readonly areaCodes: readonly string[];
}

/**
 * Whose file it is may open it; so may those who were told of its report, and where no report holds it, the director and
 * the supervisor of its child or village. Least privilege, as 未成年人网络保护条例 第36条 asks.
 */
export function mayOpen(file: FileBelongings, opener: Opener): boolean {
  if (isOwn(file, opener)) return true;
  if (opener.personId === null) return false;
  if (file.keptFrom.includes(opener.personId)) return false;
  if (file.reportRecipients.includes(opener.personId)) return true;
  if (file.belongsToReport) return false;
  const asked = file.askedIn.some((code) => opener.areaCodes.includes(code));
  return asked || file.childIds.some((id) => opener.childIds.includes(id));
}

/** Whether somebody opens what is their own: that is no reading of somebody else's data. */
export function isOwn(file: FileBelongings, opener: Pick<Opener, 'accountId' | 'personId'>): boolean {
  return (
    file.ownerAccountId === opener.accountId ||
    (file.ownerPersonId !== null && file.ownerPersonId === opener.personId)
  );
}
