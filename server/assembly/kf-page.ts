import type { KfHappening, KfSaid } from '../../bot/channels/wecom/kf-happening.ts';
import { afterWord, NEVER_WROTE, WELCOME_MS } from '../../bot/channels/wecom/kf-window.ts';
import { whyUndelivered } from '../../bot/channels/wecom/kf-channel.ts';
import { outboxIdOf } from '../../bot/channels/wecom/kf-message.ts';
import { urgentIn } from '../../bot/dialog/words.ts';
import { codeIn } from '../domain/family/invitation.ts';
import { commandOption, say } from '../domain/say.ts';
import { insert, together, type Batch, type Write } from '../services/batch.ts';
import type { InboxBody } from '../services/loaded.ts';
import { receivePlace } from '../services/receive.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { inboxRow, keptRow } from '../store/inbox.ts';
import { kfGuests, reachBatch, type KfGuest } from '../store/kf.ts';
import { outcomeWrite, rowsById } from '../store/outbox.ts';
import { reopened } from './campaign-undelivered.ts';
import { queuedRow } from './conversation-ports.ts';
import { reachOf, windowOf, type Reach } from './kf-reach.ts';
import { tellingsReopened } from './telling-undelivered.ts';
import type { World } from './world.ts';

type About = Exclude<KfHappening, { kind: 'ignored' }>;
type Of<K extends KfHappening['kind']> = Extract<KfHappening, { kind: K }>;
/** How a guardian stands while a page is gone through, and what has come of it so far. */
interface Standing {
  readonly reach: Reach;
  readonly writes: readonly Write[];
}

/** What is asked while a page is gone through. */
export interface KfPagePorts {
  /** Resolves when none of these outbox rows is on its way any more. */
  landed(outboxIds: readonly string[]): Promise<void>;
  /** Whether a person of the service talks with a guardian now; null where nobody could say. */
  isWithPerson(externalUserId: string): Promise<boolean | null>;
}

/** What a page of 微信客服 becomes, for one batch: accounts, turns in the order of the page, and how everybody stands. */
export async function pageBatch(
  world: World,
  openKfId: string,
  happenings: readonly KfHappening[],
  ports: KfPagePorts,
): Promise<Batch> {
  const about = happenings.flatMap((h) => ('from' in h ? [h] : []));
  const guests = await kfGuests(
    world.store,
    about.map(({ from }) => from),
    () => world.ids.next(),
  );
  const standing = await freed(guests, openKfId, about, ports);
  const writes = about.flatMap((happening) => {
    const guest = guests.get(happening.from);
    if (guest === undefined) return [];
    const reach = standing.get(happening.from) ?? standingOf(guest, openKfId);
    const next = after(world, guest.account, reach, happening);
    standing.set(happening.from, next.reach);
    return next.writes;
  });
  const known = [...guests].map(([from, guest]) => {
    const account = guest.isNew ? [insert('ChatAccount', guest.account)] : [];
    const reach = reachBatch(guest.reach, standing.get(from) ?? standingOf(guest, openKfId));
    return together({ guards: [], writes: account }, reach);
  });
  const lost = await undelivered(world, guests, about, ports);
  return together(...known, { guards: [], writes }, lost);
}

/**
 * Those who speak while, as far as we heard, a person talks with them, and in truth nobody does any more: the word of
 * the end may be lost, and a family must not be left without an answer for ever.
 */
async function freed(
  guests: ReadonlyMap<string, KfGuest>,
  openKfId: string,
  about: readonly About[],
  ports: KfPagePorts,
): Promise<Map<string, Reach>> {
  const speaking = new Set(about.flatMap(({ kind, from }) => (kind === 'said' ? [from] : [])));
  const free = new Map<string, Reach>();
  for (const [from, guest] of guests) {
    if (guest.reach?.state !== 'taken' || !speaking.has(from)) continue;
    if ((await ports.isWithPerson(from)) === false)
      free.set(from, { ...standingOf(guest, openKfId), state: 'open' });
  }
  return free;
}

/**
 * Messages that WeCom had taken and that did not arrive: whoever looks at the row sees why, and whom a safety notice or
 * the change of a visit did not reach is looked at again.
 */
async function undelivered(
  world: World,
  guests: ReadonlyMap<string, KfGuest>,
  about: readonly About[],
  ports: KfPagePorts,
): Promise<Batch> {
  const told = about.flatMap((h) => {
    const id = h.kind === 'undelivered' ? outboxIdOf(h.ownId) : null;
    return h.kind === 'undelivered' && id !== null
      ? [{ id, from: h.from, ...whyUndelivered(h.failType) }]
      : [];
  });
  const ids = told.map(({ id }) => id);
  if (ids.length === 0) return together();
  await ports.landed(ids); // the event may be faster than the answer
  const rows = new Map((await rowsById(world.store, ids)).map((row) => [row.id, row]));
  const failed = told.flatMap(({ id, from, ...why }) => {
    const row = rows.get(id);
    return row === undefined || row.accountId !== guests.get(from)?.account.id ? [] : [{ row, ...why }];
  });
  const writes = failed.map(({ row, reason, isSetting }) => {
    const log = { outboxId: row.id, lane: row.lane, why: reason };
    if (isSetting) world.logger.error('wecom settings are wrong', log);
    else world.logger.warn('message failed', log);
    world.metrics.sent(row.lane, 'failed');
    return outcomeWrite(row.id, 'failed', world.clock.now().toISOString(), reason);
  });
  const lost = failed.map(({ row }) => row);
  const [people, visits] = await Promise.all([reopened(world, lost), tellingsReopened(world, lost)]);
  return together({ guards: [], writes }, people, visits);
}

function standingOf({ account, reach }: KfGuest, openKfId: string): Reach {
  const known = reach ?? { accountId: account.id, invitation: null };
  return reachOf(known, openKfId, reach === null ? NEVER_WROTE : windowOf(reach, openKfId));
}

function after(world: World, account: ChatAccountRow, reach: Reach, happening: About): Standing {
  switch (happening.kind) {
    case 'said':
      return afterSaid(world, account, reach, happening);
    case 'entered':
      return afterEntering(world, account, reach, happening);
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
  const window = afterWord(windowOf(reach, reach.openKfId), happening.at);
  const isSilent = window.state === 'taken' && !callsForHelp(happening.said);
  return {
    reach: reachOf(reach, reach.openKfId, window),
    writes: rowsOf(world, account, happening, isSilent),
  };
}

/**
 * Whoever comes by an invitation is known by it from then on. Who we are is told to those we do not know, where WeCom
 * gives a code for it: nobody is greeted at every visit, and nobody after the code is over.
 */
function afterEntering(
  world: World,
  account: ChatAccountRow,
  reach: Reach,
  { invitation, welcomeCode, msgid, at }: Of<'entered'>,
): Standing {
  const known = { ...reach, invitation: invitation ?? reach.invitation };
  if (invitation !== null && codeIn(invitation) !== null && reach.state !== 'taken')
    return afterInvitation(world, account, known, { invitation, welcomeCode, msgid, at });
  const until = new Date(at.getTime() + WELCOME_MS);
  if (welcomeCode === null || until < world.realClock.now()) return { reach: known, writes: [] };
  const greeted = { ...known, welcomeCode, welcomeUntil: until.toISOString() };
  if (account.personId !== null || reach.state === 'taken') return { reach: greeted, writes: [] };
  const key = `kf-welcome:${world.store.sealing.blindIndex('inbox-id', `kf:${msgid}`)}`;
  const reply = {
    ...say('wecom.welcome'),
    options: [commandOption('ask-help', null, say('menu.ask-help'))],
  };
  return { reach: greeted, writes: [queuedRow(world, { account, lane: 'reply', key, reply, refs: {} })] };
}

/**
 * Whoever came by an invitation is asked at once whether they want to bind: the button carries the code. Where WeCom gives
 * no code for a welcome the question goes if they wrote within two days; otherwise they type the code that stands beside it.
 */
function afterInvitation(
  world: World,
  account: ChatAccountRow,
  reach: Reach,
  {
    invitation,
    welcomeCode,
    msgid,
    at,
  }: Pick<Of<'entered'>, 'welcomeCode' | 'msgid' | 'at'> & {
    readonly invitation: string;
  },
): Standing {
  const until = new Date(at.getTime() + WELCOME_MS).toISOString();
  const isWelcome = welcomeCode !== null && until >= world.realClock.now().toISOString();
  const key = `kf-invited:${world.store.sealing.blindIndex('inbox-id', `kf:${msgid}`)}`;
  const reply = {
    ...say('wecom.welcome-invited'),
    options: [
      commandOption('bind', codeIn(invitation), say('wecom.bind')),
      commandOption('ask-help', null, say('menu.ask-help')),
    ],
  };
  return {
    reach: isWelcome ? { ...reach, welcomeCode, welcomeUntil: until } : reach,
    writes: [queuedRow(world, { account, lane: 'reply', key, reply, refs: {} })],
  };
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
  const reply = { key: 'file.words-only' };
  return queuedRow(world, { account, lane: 'reply', key: `cannot-keep:${externalId}`, reply, refs: {} });
}

/** 紧急, 求助, or the button. */
function callsForHelp(said: KfSaid): boolean {
  if (said.kind === 'option') return /^c:(urgent|ask-help)/u.test(said.option);
  return said.kind === 'text' && (said.text.includes('求助') || urgentIn(said.text) !== null);
}
