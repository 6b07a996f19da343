import type {
  AttachmentRow,
  CallRequestRow,
  ContactRow,
  FeedbackRow,
  FollowUpRow,
  MandatoryReportRow,
  ReportEntryRow,
} from '../../server/store/generated/tables.ts';
import type { Store } from '../../server/store/store.ts';
import { CHILDREN, WORKERS, childId, workerId, type SmallCounty } from './small-county.ts';

/** What the database held at one moment, as far as a transcript tells of it. */
export interface Mark {
  readonly lines: ReadonlySet<string>;
}

/** Remembers what is stored now. */
export async function markOf(county: SmallCounty): Promise<Mark> {
  return { lines: new Set(await linesOf(county.service.world.store)) };
}

/** What was stored or changed since the mark, one line a thing, in a fixed order, and the mark of this moment. */
export async function effectsSince(
  county: SmallCounty,
  mark: Mark,
): Promise<{ readonly effects: readonly string[]; readonly mark: Mark }> {
  const now = await linesOf(county.service.world.store);
  return { effects: now.filter((line) => !mark.lines.has(line)), mark: { lines: new Set(now) } };
}

/** Shown in nearly every conversation: their access rows are proved in tests/bot/access.test.ts. */
const EVERYWHERE: ReadonlySet<string> = new Set(['child-list', 'record-card']);

const SEEN: Readonly<Record<string, string>> = { true: '见到', false: '没见到', null: '-' };

async function linesOf(store: Store): Promise<string[]> {
  const [calls, followUps, contacts, concerns, reports, entries, feedback, access, attachments, listenings] =
    await Promise.all([
      store.client.callRequest.findMany({ orderBy: { id: 'asc' } }),
      store.client.followUp.findMany({ orderBy: { id: 'asc' } }),
      store.client.contact.findMany({ orderBy: { id: 'asc' } }),
      store.client.concern.findMany({ orderBy: { id: 'asc' } }),
      store.client.mandatoryReport.findMany({ orderBy: { id: 'asc' } }),
      store.client.reportEntry.findMany({ orderBy: { id: 'asc' } }),
      store.client.feedback.findMany({ orderBy: { id: 'asc' } }),
      store.client.accessRow.findMany({ orderBy: [{ at: 'asc' }, { workerId: 'asc' }, { id: 'asc' }] }),
      store.client.attachment.findMany({ orderBy: { id: 'asc' } }),
      store.client.listening.findMany({ orderBy: { receivedAt: 'asc' } }),
    ]);
  const [bindings, consents] = await Promise.all([
    store.client.binding.findMany({ orderBy: { id: 'asc' } }),
    store.client.consent.findMany({ orderBy: { id: 'asc' } }),
  ]);
  const numbers = new Map(reports.map((r) => [r.id, r.number]));
  const lines = [
    ...bindings.map((row) => `绑定：${nameOf(row.childId)}，${row.personKind}，${row.state}`),
    ...consents.map(
      (row) =>
        `同意（${row.personKind}）：${row.kind}，${row.given ? '是' : '否'}，第${String(row.textVersion)}版`,
    ),
    ...contacts.map((row) => contactLine(store.open('Contact', row as ContactRow))),
    ...concerns.map((c) => {
      const follow = c.followUpOn === null ? '' : `，${c.followUpOn}再看`;
      return `担心：${nameOf(c.childId)}，${c.outcome}，${c.state}${follow}`;
    }),
    ...calls.map((row) => callLine(store.open('CallRequest', row as CallRequestRow))),
    ...followUps.map((row) => followUpLine(store.open('FollowUp', row as FollowUpRow))),
    ...reports.map((r) => reportLine(r as MandatoryReportRow)),
    ...entries
      .filter((e) => e.kind === 'words' || e.kind === 'unreachable')
      .map((row) => {
        const e = store.open('ReportEntry', row as ReportEntryRow);
        return `${numbers.get(e.reportId) ?? ''} ${e.kind === 'words' ? '记下' : '通知不到'}：${e.text ?? ''}`;
      }),
    ...feedback.map((row) => `投诉建议：${store.open('Feedback', row as FeedbackRow).text}`),
    ...attachments.map((row) => attachmentLine(store.open('Attachment', row as AttachmentRow), numbers)),
    ...listenings.map((l) =>
      l.playedBy === null
        ? `待听：${l.source === 'family' ? '家里人的' : nameOf(l.childId ?? '')}`
        : `听过：${workerName(l.playedBy)}`,
    ),
    ...access
      .filter((a) => !EVERYWHERE.has(a.screen))
      .map((a) => `查阅记录：${workerName(a.workerId)}，${a.screen}`),
  ];
  return numbered(lines);
}

function attachmentLine(row: AttachmentRow, numbers: ReadonlyMap<string, string>): string {
  const what = row.location ?? '文件';
  const where = row.reportId === null ? nameOf(row.childId ?? '不记名下') : (numbers.get(row.reportId) ?? '');
  return `附件：${what}，${where}`;
}

function contactLine(c: ContactRow): string {
  if (c.supersedesId !== null && !c.withdrawn && c.reason === null)
    return `补写：${nameOf(c.childId)}，${c.takenOn}，${c.note ?? '-'}`;
  if (c.withdrawn)
    return `撤回：${nameOf(c.childId)}，${c.takenOn}${c.reason === null ? '' : `，因为：${c.reason}`}`;
  const met = (JSON.parse(c.met ?? '[]') as string[]).join('、');
  const parts = [nameOf(c.childId), c.takenOn, c.mode, `孩子${SEEN[String(c.childSeen)] ?? ''}`];
  const kind = c.supersedesId === null ? '已存' : `更正（${c.reason ?? ''}）`;
  return `${kind}：${[...parts, met === '' ? '-' : met, c.note ?? '-', c.outcome].join('，')}`;
}

function callLine(c: CallRequestRow): string {
  const by = c.answeredBy === null ? '' : `，${workerName(c.answeredBy)}`;
  const words = [c.said, c.words].flatMap((text) => (text === null ? [] : [`“${text}”`]));
  const parts = [c.state, ...(c.outcome === null ? [] : [c.outcome]), ...words];
  return `回电话：${workerName(c.directorId)}${by}，${parts.join('，')}`;
}

function followUpLine(f: FollowUpRow): string {
  return `跟进：${nameOf(f.childId)}，${f.text ?? '担心'}，${f.dueOn}，${workerName(f.ownerId)}，${f.state}`;
}

function reportLine(r: MandatoryReportRow): string {
  const about = r.childId === null ? '' : `，${nameOf(r.childId)}`;
  const taken = r.acknowledgedBy === null ? '' : `，${workerName(r.acknowledgedBy)}`;
  return `${r.number}：${r.state}${about}${taken}`;
}

/** The same line twice is two things. */
function numbered(lines: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const times = (seen.get(line) ?? 0) + 1;
    seen.set(line, times);
    return times === 1 ? line : `${line}（第${String(times)}次）`;
  });
}

function nameOf(id: string): string {
  return CHILDREN.find((c) => childId(c.name) === id)?.name ?? id;
}

function workerName(id: string): string {
  const keys = Object.keys(WORKERS) as (keyof typeof WORKERS)[];
  const key = keys.find((k) => workerId(k) === id);
  return key === undefined ? id : WORKERS[key].name;
}
