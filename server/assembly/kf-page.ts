import type { KfHappening, KfSaid } from '../../bot/channels/wecom/kf-happening.ts';
import { afterWord, NEVER_WROTE, type KfWindow } from '../../bot/channels/wecom/kf-window.ts';
import { urgentIn } from '../../bot/dialog/words.ts';
import { insert, together, type Batch, type Write } from '../services/batch.ts';
import type { InboxBody } from '../services/loaded.ts';
import { receivePlace } from '../services/receive.ts';
import type { ChatAccountRow, KfReachRow } from '../store/generated/tables.ts';
import { inboxRow, keptRow } from '../store/inbox.ts';
import { kfGuests, reachBatch, type KfGuest } from '../store/kf.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

type Of<K extends KfHappening['kind']> = Extract<KfHappening, { kind: K }>;
type Reach = Omit<KfReachRow, 'rev'>;

/** How a guardian stands while a page is gone through, and what has come of it so far. */
interface Standing {
  readonly reach: Reach;
  readonly writes: readonly Write[];
}

/** What a page of 微信客服 becomes, for one batch: accounts, turns in the order of the page, and how everybody stands. */
export async function pageBatch(
  world: World,
  openKfId: string,
  happenings: readonly KfHappening[],
): Promise<Batch> {
  const about = happenings.flatMap((h) => ('from' in h ? [h] : []));
  const guests = await kfGuests(
    world.store,
    about.map(({ from }) => from),
    () => world.ids.next(),
  );
  const standing = new Map<string, Reach>();
  const writes = about.flatMap((happening) => {
    const guest = guests.get(happening.from);
    if (guest === undefined) return [];
    const reach = standing.get(happening.from) ?? reachOf(guest, openKfId);
    const next = after(world, guest.account, reach, happening);
    standing.set(happening.from, next.reach);
    return next.writes;
  });
  const known = [...guests].map(([from, guest]) => {
    const account = guest.isNew ? [insert('ChatAccount', guest.account)] : [];
    const reach = reachBatch(guest.reach, standing.get(from) ?? reachOf(guest, openKfId));
    return together({ guards: [], writes: account }, reach);
  });
  return together(...known, { guards: [], writes });
}

/** What was sent through another account of 微信客服 opens nothing on this one. */
function reachOf({ account, reach }: KfGuest, openKfId: string): Reach {
  if (reach?.openKfId === openKfId) return reach;
  const { lastInboundAt, sentSince, state } = NEVER_WROTE;
  return {
    ...{ accountId: account.id, openKfId, lastInboundAt, state },
    sentSince: JSON.stringify(sentSince),
    ...{ welcomeCode: null, welcomeUntil: null, invitation: reach?.invitation ?? null },
  };
}

function after(
  world: World,
  account: ChatAccountRow,
  reach: Reach,
  happening: Exclude<KfHappening, { kind: 'ignored' }>,
): Standing {
  switch (happening.kind) {
    case 'said':
      return afterSaid(world, account, reach, happening);
    case 'entered':
      return { reach: { ...reach, invitation: happening.invitation ?? reach.invitation }, writes: [] };
    case 'taken':
    case 'ended':
      return { reach: { ...reach, state: happening.kind }, writes: [] };
    case 'undelivered':
      return { reach, writes: [] };
  }
}

/**
 * Words become a turn, however old they are. While a person of the service talks with somebody they are only kept; but
 * whoever calls for help has a turn: a report is opened, whoever else may have heard it.
 */
function afterSaid(world: World, account: ChatAccountRow, reach: Reach, happening: Of<'said'>): Standing {
  const window: KfWindow = { ...reach, sentSince: JSON.parse(reach.sentSince) as string[] };
  const opened = afterWord(window, happening.at);
  const next = { ...reach, ...opened, sentSince: JSON.stringify(opened.sentSince) };
  const isSilent = opened.state === 'taken' && !callsForHelp(happening.said);
  return { reach: next, writes: rowsOf(world, account, happening, isSilent) };
}

function rowsOf(
  world: World,
  account: ChatAccountRow,
  happening: Of<'said'>,
  isSilent: boolean,
): readonly Write[] {
  const { store, clock } = world;
  const externalId = store.sealing.blindIndex('inbox-id', `kf:${happening.msgid}`);
  const body = bodyOf(happening, store.sealing.blindIndex('file-id', `kf:${externalId}`));
  if (body === null) return isSilent ? [] : [cannotKeep(world, account, externalId)];
  const at = clock.now().toISOString();
  const sessionKey = account.personId ?? `account:${account.id}`;
  const message = { channel: 'kf', externalId, accountId: account.id, sessionKey, receivedAt: at, body };
  return isSilent ? [keptRow(message, at)] : inboxRow(message).writes;
}

function bodyOf({ said, at }: Of<'said'>, fileId: string): InboxBody | null {
  switch (said.kind) {
    case 'text':
      return { kind: 'text', text: said.text, sentAt: at.toISOString() };
    case 'option':
      return { kind: 'option', text: said.option };
    case 'file':
      return { kind: said.file, text: '', awaits: { mediaId: said.mediaId, fileId } };
    case 'place':
      return receivePlace(said).body;
    case 'unreadable':
      return null;
  }
}

/** What cannot be kept is not passed over in silence. */
function cannotKeep(world: World, account: ChatAccountRow, externalId: string): Write {
  const reply = { key: 'wecom.words-only' };
  return queuedRow(world, { account, lane: 'reply', key: `cannot-keep:${externalId}`, reply, refs: {} });
}

/** 紧急, 求助, or the button. */
function callsForHelp(said: KfSaid): boolean {
  if (said.kind === 'option') return said.option.startsWith('c:urgent');
  return said.kind === 'text' && (said.text.includes('求助') || urgentIn(said.text) !== null);
}
