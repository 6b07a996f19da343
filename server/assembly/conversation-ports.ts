import type { ConversationPorts } from '../../bot/conversation.ts';
import type { Rendered, Sentences } from '../../bot/rendered.ts';
import { renderedOf } from '../../bot/rendered.ts';
import type { Needs, Facts } from '../../bot/needs.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import type { Outgoing } from '../services/acting.ts';
import { insertOnce, type Write } from '../services/batch.ts';
import type { LoadedBinding, LoadedReport } from '../services/loaded.ts';
import { ladderOf } from '../services/report-ladder.ts';
import { StaleBatch } from '../store/commit.ts';
import { bindingsOf, boundPhones, loadBindings, openInvitations } from '../store/bindings.ts';
import { childrenOfAdults } from '../store/adults-children.ts';
import { historiesOf, newestContact } from '../store/contacts.ts';
import type { ChatAccountRow, ContactRow, OutboxRow } from '../store/generated/tables.ts';
import { inboxDone, inboxFailed, pendingMessages } from '../store/inbox.ts';
import { callsUnderWay } from '../store/calls.ts';
import { phoneKeysOf } from '../store/family-phone-keys.ts';
import { lookupsOf } from '../store/lookups.ts';
import { accountsByIds, accountsOfPersons, holdersByRosters } from '../store/people.ts';
import { lastReportNumber, loadReports } from '../store/reports.ts';
import { sessionsOf, sessionWrite } from '../store/sessions.ts';
import { tellingsOf } from '../store/visit-tellings.ts';
import { openVisits, visitsEndedBy } from '../store/visits.ts';
import { breathe } from '../platform/waiting.ts';
import { faultOf } from '../platform/logger.ts';
import { picturesOf } from './qr-pictures.ts';
import { formsOf } from './paper-forms.ts';
import { safetyLookup } from './safety-lookups.ts';
import { languageOf, type World } from './world.ts';

/** Words wait so long for a picture that the same person sent before them (our default). */
const FILE_PATIENCE_MS = 60_000;

/** The inbound path's ports on the real store and clocks. */
export function conversationPorts(
  world: World,
  deliver: (rows: readonly OutboxRow[]) => Promise<void>,
): ConversationPorts {
  const { store, ids, clock } = world;
  const numbers = new Map<number, number>();
  return {
    lookups: { ...lookupsOf(store, world.primary, world.workingDays), campaigns: safetyLookup(world) },
    isActive: () => world.isActive(),
    pending: (limit) => {
      const patientSince = new Date(clock.now().getTime() - FILE_PATIENCE_MS).toISOString();
      return pendingMessages(store, limit, patientSince);
    },
    sessions: (keys) => sessionsOf(store, keys),
    facts: (needs) => factsFor(world, needs),
    commit: (batch, options) => world.commit(batch, options),
    sessionWrite,
    inboxDone,
    inboxFailed,
    outboxRow: (outgoing, text, causeSeq) =>
      insertOnce('Outbox', claimedRow(world, outgoing, text, causeSeq)),
    noticeRow: (outgoing, text, causeSeq) => insertOnce('Outbox', noticeRow(world, outgoing, text, causeSeq)),
    deliver: (writes) =>
      deliver(
        writes
          .flatMap((write) => (write.op === 'update' ? [] : [write.row as OutboxRow]))
          .filter(({ state }) => state === 'sending'),
      ),
    prepareNumbers: async (year) => {
      if (!numbers.has(year)) numbers.set(year, await lastReportNumber(store, year));
    },
    nextNumber: (year) => {
      const next = (numbers.get(year) ?? 0) + 1;
      numbers.set(year, next);
      return `R-${String(year)}-${String(next).padStart(6, '0')}`;
    },
    breathe,
    now: () => clock.now(),
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
    ...sentencesOf(world),
    isStale: (error) => {
      if (!(error instanceof StaleBatch)) return false;
      numbers.clear(); // the number may have been what was taken
      return true;
    },
    observe: ({ result, seq, receivedAt }, error) => {
      const answered = receivedAt !== null && (result === 'done' || result === 'given-up');
      world.metrics.turn(result, answered ? clock.realMsSince(new Date(receivedAt)) / 1000 : null);
      if (error !== undefined) world.logger.error('turn failed', { seq, result, ...faultOf(error) });
    },
  };
}

/** A row that is handed over in the same breath as it is stored: claimed, with its words frozen. */
function claimedRow(world: World, outgoing: Outgoing, text: Rendered, causeSeq: number | null): OutboxRow {
  const at = world.clock.now().toISOString();
  return {
    id: world.ids.next(),
    key: outgoing.key,
    lane: outgoing.lane,
    accountId: outgoing.account.id,
    sessionKey: outgoing.account.personId ?? `account:${outgoing.account.id}`,
    kind: 'says',
    refs: JSON.stringify(outgoing.refs),
    body: JSON.stringify(text),
    state: 'sending',
    createdAt: at,
    dueAt: at,
    notBefore: at,
    retryAt: null,
    claimedAt: world.realClock.now().toISOString(),
    acceptedAt: null,
    attempts: 1,
    error: null,
    causeSeq,
    possiblyRepeated: false,
    callId: null,
  };
}

/**
 * A word to somebody who has not spoken: said at once, or, where it is not urgent and falls into the reader's quiet
 * hours, at their end. What is told by day is so heard on the same working day, and nobody is woken (our default). What
 * goes to a family waits for the worker, which looks in the moment of the claim whether it may (`family-claim.ts`).
 */
function noticeRow(world: World, outgoing: Outgoing, text: Rendered, causeSeq: number | null): OutboxRow {
  const row = claimedRow(world, outgoing, text, causeSeq);
  const { account, lane } = outgoing;
  const now = world.clock.now();
  const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
  const until = nextAllowedAt(now, quiet);
  const isForFamily = outgoing.refs.family !== undefined;
  const isAwake = lane === 'urgent' || until <= now;
  if (isAwake && !isForFamily) return row;
  const waits = { ...row, state: 'queued', claimedAt: null, attempts: 0 } as const;
  return isAwake ? waits : { ...waits, notBefore: until.toISOString() };
}

/** A row that waits for the worker: its words are frozen already, its time is now, or where it is named a later one. */
export function queuedRow(world: World, outgoing: Outgoing, notBefore: Date | null = null): Write {
  const text = renderedOf(outgoing, sentencesOf(world));
  const row = claimedRow(world, outgoing, text, null);
  const later = notBefore === null ? {} : { notBefore: notBefore.toISOString() };
  return insertOnce('Outbox', { ...row, ...later, state: 'queued', claimedAt: null, attempts: 0 });
}

function sentencesOf({ wording, channels }: World): Sentences {
  return {
    takesNoWords: (channel) => channels.get(channel)?.takesNoWords === true,
    render: (language, say) => wording.render(languageOf({ language }), say),
    hasSentence: (key) => wording.has(key),
  };
}

async function climbersOf(
  { store, primary, clock }: World,
  reports: readonly LoadedReport[],
): Promise<Facts['climbers']> {
  const today = shanghaiDate(clock.now());
  return new Map(
    await Promise.all(
      reports.map(async ({ report }) => {
        const { rosters } = ladderOf(report);
        return [report.id, await holdersByRosters(store, rosters, today, primary)] as const;
      }),
    ),
  );
}

/** Bindings that are answered, with the conversations of the phone and of the person. */
async function bindingsFor({ store }: World, { bindingIds }: Needs): Promise<Facts['bindings']> {
  if (bindingIds.length === 0) return new Map();
  const loaded = [...(await loadBindings(store, bindingIds))];
  const keysOf = ({ binding }: LoadedBinding) =>
    ({ from: `account:${binding.accountId}`, to: binding.personId }) as const;
  const sessions = await sessionsOf(
    store,
    loaded.flatMap(([, one]) => Object.values(keysOf(one))),
  );
  const none = (key: string) => ({ key, rev: 0, body: null });
  return new Map(
    loaded.map(([id, one]) => {
      const { from, to } = keysOf(one);
      return [id, { ...one, from: sessions.get(from) ?? none(from), to: sessions.get(to) ?? none(to) }];
    }),
  );
}

async function phonesFor({ store }: World, { phonesOf: ids }: Needs): Promise<Facts['adultPhones']> {
  if (ids.length === 0) return { invitations: [], bindings: [], phones: [] };
  const [invitations, bindings, phones] = await Promise.all([
    openInvitations(store, ids),
    bindingsOf(store, ids),
    boundPhones(store, ids),
  ]);
  return { invitations, bindings, phones };
}

async function filesFor(world: World, { sheets, qrs }: Needs): Promise<Facts['files']> {
  return new Map([...(await formsOf(world, sheets)), ...(await picturesOf(qrs))]);
}

async function factsFor(world: World, needs: Needs): Promise<Facts> {
  const { store, primary } = world;
  const contacts = new Map<string, ContactRow>();
  for (const id of needs.contactIds) {
    const contact = await newestContact(store, id);
    if (contact) contacts.set(id, contact);
  }
  const childIds = [...needs.childIds, ...[...contacts.values()].map((c) => c.childId)];
  const none = new Map<string, ChatAccountRow>();
  const reports = await loadReports(store, needs.reportIds);
  const all = [...reports.values()];
  const accountIds = [...needs.accountIds, ...all.map(({ report }) => report.accountId)];
  const told = all.flatMap(({ report, recipientIds }) => [report.acknowledgedBy ?? [], recipientIds].flat());
  const ofAdults = await childrenOfAdults(store, needs.adultIds, shanghaiDate(world.clock.now()));
  const theirs = [...ofAdults.values()].flatMap((children) => children.flatMap((c) => c.directorIds));
  const workerIds = [...needs.workerIds, ...told, ...theirs];
  const climbing = all.filter(({ report }) => needs.climbIds.includes(report.id));
  const [histories, accountsById, accountsByWorker, files, underWay, climbers, phoneKeys, visits, ended] =
    await Promise.all([
      childIds.length === 0 ? new Map<string, never>() : historiesOf(store, childIds),
      accountIds.length === 0 ? none : accountsByIds(store, accountIds),
      workerIds.length === 0 ? none : accountsOfPersons(store, workerIds, primary),
      filesFor(world, needs),
      callsUnderWay(store, needs.callsWanted),
      climbersOf(world, climbing),
      phoneKeysOf(store, needs.newPhones),
      openVisits(store, needs.childIds),
      visitsEndedBy(store, needs.contactIds),
    ]);
  return {
    histories,
    contacts,
    accountsById,
    accountsByWorker,
    files,
    reports,
    climbers,
    childrenOfAdults: ofAdults,
    callsUnderWay: underWay,
    bindings: await bindingsFor(world, needs),
    adultPhones: await phonesFor(world, needs),
    phoneKeys,
    openVisits: visits,
    endedVisits: ended,
    visitTellings: await tellingsOf(store, needs.visitIds),
  };
}
