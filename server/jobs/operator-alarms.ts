/** Something that stands in the way of the work now. */
export interface Fault {
  readonly code: string;
  /** Since when; null: it was seen just now. */
  readonly since: string | null;
}

/** What is remembered of an alarm. */
export interface AlarmRow {
  readonly code: string;
  /** Since when it stands; null once it is over. */
  readonly since: string | null;
  /** Whether the operator was told of it as it stands. */
  readonly isTold: boolean;
  /** When the operator was last told of this code. */
  readonly toldAt: string | null;
}

/** What is sent to the operator: a code and two instants, nothing of a person. */
export interface AlarmNotice {
  readonly code: string;
  readonly since: string;
  readonly at: string;
  /** Only where it is over. */
  readonly over?: true;
}

/** A fault that is gone so soon is nobody's alarm (our default). */
export const STANDS_SECONDS = 60;
/** The operator hears of one code at most once in so long (our default). */
export const AGAIN_AFTER_SECONDS = 3600;

/**
 * What the operator is to be told now, and what is remembered of it: once when a fault has stood for a minute, once an hour
 * while it stands, and once when it is over.
 */
export function alarmsAfter(
  before: readonly AlarmRow[],
  faults: readonly Fault[],
  now: Date,
): { readonly rows: readonly AlarmRow[]; readonly notices: readonly AlarmNotice[] } {
  const at = now.toISOString();
  const codes = [...new Set([...before, ...faults].map(({ code }) => code))];
  const rows: AlarmRow[] = [];
  const notices: AlarmNotice[] = [];
  for (const code of codes) {
    const row = before.find((one) => one.code === code) ?? { code, since: null, isTold: false, toldAt: null };
    const fault = faults.find((one) => one.code === code);
    if (fault) {
      const since = row.since ?? fault.since ?? at;
      const isDue = secondsBetween(since, now) >= STANDS_SECONDS && maySay(row, now);
      if (isDue) notices.push({ code, since, at });
      rows.push({
        code,
        since,
        isTold: isDue || (row.since !== null && row.isTold),
        toldAt: isDue ? at : row.toldAt,
      });
    } else {
      if (row.since !== null && row.isTold) notices.push({ code, since: row.since, at, over: true });
      // Remembered for an hour, so that what comes and goes is told once.
      if (!maySay(row, now)) rows.push({ ...row, since: null, isTold: false });
    }
  }
  return { rows, notices };
}

function maySay({ toldAt }: AlarmRow, now: Date): boolean {
  return toldAt === null || secondsBetween(toldAt, now) >= AGAIN_AFTER_SECONDS;
}

function secondsBetween(from: string, now: Date): number {
  return (now.getTime() - Date.parse(from)) / 1000;
}
