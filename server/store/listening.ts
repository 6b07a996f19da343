import type { FileBelongings } from '../domain/files/may-open.ts';
import type { WaitingVoice } from '../domain/files/waiting-voice.ts';
import { listeningLadder } from '../services/listening.ts';
import type { ListeningRow } from './generated/tables.ts';
import { readersOf } from './reports.ts';
import type { Store } from './store.ts';
import { peopleByIds } from './worker-names.ts';

const WAITING_LIMIT = 50;

/** What a file belongs to; null where there is none. */
export async function fileBelongings(store: Store, id: string): Promise<FileBelongings | null> {
  const file = await store.client.storedFile.findUnique({
    where: { id },
    select: { ownerAccountId: true },
  });
  if (file === null) return null;
  const [owner, attached, listening] = await Promise.all([
    store.client.chatAccount.findUnique({ where: { id: file.ownerAccountId }, select: { personId: true } }),
    store.client.attachment.findMany({ where: { fileId: id }, select: { childId: true, reportId: true } }),
    store.client.listening.findUnique({
      where: { fileId: id },
      select: { areaCode: true, askedAbove: true, ladder: true },
    }),
  ]);
  const reportIds = attached.flatMap((a) => a.reportId ?? []);
  return {
    ownerAccountId: file.ownerAccountId,
    ownerPersonId: owner?.personId ?? null,
    belongsToReport: reportIds.length > 0,
    reportRecipients: await readersOf(store, reportIds),
    childIds: attached.flatMap((a) => a.childId ?? []),
    askedIn:
      listening === null ? [] : [listening.areaCode, listening.askedAbove].flatMap((code) => code ?? []),
    keptFrom: listening === null ? [] : listeningLadder(listening).keptFrom,
  };
}

/** The voice message that waits under this id; null where none does, or somebody has listened. */
export async function listeningOf(store: Store, fileId: string): Promise<ListeningRow | null> {
  return (await store.client.listening.findFirst({
    where: { fileId, playedAt: null },
  })) as ListeningRow | null;
}

/** Family messages that somebody has to be told of now. */
export async function listeningsToTell(
  store: Store,
  nowText: string,
  limit: number,
): Promise<ListeningRow[]> {
  const rows = await store.client.listening.findMany({
    where: { climbAt: { lte: nowText }, playedAt: null },
    orderBy: [{ climbAt: 'asc' }, { fileId: 'asc' }],
    take: limit,
  });
  return rows as ListeningRow[];
}

/** The next instant at which somebody is to be told of a message nobody has listened to. */
export async function nextListeningAt(store: Store, afterText: string): Promise<string | null> {
  const row = await store.client.listening.findFirst({
    where: { climbAt: { gt: afterText }, playedAt: null },
    orderBy: { climbAt: 'asc' },
    select: { climbAt: true },
  });
  return row?.climbAt ?? null;
}

/** What nobody has listened to in these areas, the oldest first. */
export async function waitingVoices(store: Store, areaCodes: readonly string[]): Promise<WaitingVoice[]> {
  if (areaCodes.length === 0) return [];
  const rows = await store.client.listening.findMany({
    where: {
      OR: [{ areaCode: { in: [...areaCodes] } }, { askedAbove: { in: [...areaCodes] } }],
      playedAt: null,
    },
    orderBy: [{ receivedAt: 'asc' }, { fileId: 'asc' }],
    take: WAITING_LIMIT,
  });
  const files = await store.client.storedFile.findMany({
    where: { id: { in: rows.map((r) => r.fileId) } },
    select: { id: true, kind: true, mime: true, durationSeconds: true, ownerAccountId: true },
  });
  const owners = await store.client.chatAccount.findMany({
    where: { id: { in: files.map((f) => f.ownerAccountId) } },
    select: { id: true, personKind: true, personId: true },
  });
  const people = await peopleByIds(
    store,
    owners.flatMap(({ personId }) => personId ?? []),
  );
  return rows.flatMap((row): WaitingVoice[] => {
    const file = files.find((f) => f.id === row.fileId);
    const owner = owners.find((o) => o.id === file?.ownerAccountId);
    if (!file) return [];
    return [
      {
        file: {
          id: file.id,
          kind: file.kind as WaitingVoice['file']['kind'],
          mime: file.mime,
          seconds: file.durationSeconds,
        },
        source: row.source as WaitingVoice['source'],
        childId: row.childId,
        from: (owner?.personKind ?? 'unknown') as WaitingVoice['from'],
        senderId: owner?.personId ?? null,
        sender: row.source === 'family' ? (people.get(owner?.personId ?? '') ?? null) : null,
        keptFrom: listeningLadder(row).keptFrom,
        receivedAt: row.receivedAt,
      },
    ];
  });
}
