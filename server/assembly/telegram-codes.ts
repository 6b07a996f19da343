import type { ChannelMessage } from '../../bot/channels/channel.ts';
import { say, type Say } from '../domain/say.ts';
import { rowsById } from '../store/outbox.ts';
import { codedCalls, codedRequests, requestsAskedOf, type CodedWorker } from '../store/spoken-codes.ts';
import type { Store } from '../store/store.ts';

/** What stands in the place of names where none may go (docs/decisions/0040). */
export interface Codes {
  /** Whom to call; empty where a message is about nobody in particular, or about nobody with a code. */
  readonly lines: readonly Say[];
  /** The codes of buttons that stand for a person, by the id of the option. */
  readonly labels: ReadonlyMap<string, string>;
}

const NOBODY: Codes = { lines: [], labels: new Map() };
const CALL_BUTTON = /^c:call-made:(.+)$/u;
/** A code that can be nobody's name, telephone or identity number; a roster may hold others, which do not go. */
const PLAIN = /^[A-Za-z]{0,3}\d{1,10}$/u;

export function isPlainCode(code: string): boolean {
  return PLAIN.test(code);
}

/** Whom a worker is to call according to this message. The row of the outbox knows; its words are not looked at. */
export async function codesOf(store: Store, { outboxId, options }: ChannelMessage): Promise<Codes> {
  const [row] = await rowsById(store, [outboxId]);
  if (row === undefined) return NOBODY;
  const { callId, callIds = '', requestId, state } = JSON.parse(row.refs) as Readonly<Record<string, string>>;
  const buttons = options.flatMap(({ id }) => {
    const call = CALL_BUTTON.exec(id)?.[1];
    return call === undefined ? [] : [{ id, call }];
  });
  const told = [callId ?? '', ...callIds.split(',')].filter((id) => id !== '');
  const asked = requestId === undefined ? await askedAgain(store, row) : [requestId];
  const [calls, families] = await Promise.all([
    codedCalls(store, [...told, ...buttons.map(({ call }) => call)]),
    codedRequests(store, asked),
  ]);
  const workers = told.flatMap((id) => calls.get(id) ?? []).filter(({ code }) => isPlainCode(code));
  return {
    lines: [...unique(workers).map(lineOf(isToBeMade(row.key, state))), ...families.map(familyLine)],
    labels: new Map(
      buttons.flatMap(({ id, call }) => {
        const code = calls.get(call)?.code ?? '';
        return isPlainCode(code) ? [[id, code] as const] : [];
      }),
    ),
  };
}

/** Told again, what waits for one reader is one message and names no request. */
async function askedAgain(
  store: Store,
  { key, sessionKey }: { readonly key: string; readonly sessionKey: string },
): Promise<readonly string[]> {
  return key.startsWith('family-request:again:') ? requestsAskedOf(store, sessionKey) : [];
}

function unique(workers: readonly CodedWorker[]): readonly CodedWorker[] {
  return [...new Map(workers.map((worker) => [worker.code, worker])).values()];
}

/** Whether somebody is asked to make the call, or hears that it was made or what is still to be said of it. */
function isToBeMade(key: string, state: string | undefined): boolean {
  return (key.startsWith('call:') || key.startsWith('call-nobody:')) && state !== 'made';
}

function lineOf(isToBeMade: boolean): (worker: CodedWorker) => Say {
  const key = isToBeMade ? 'telegram.call-worker' : 'telegram.about-call';
  return ({ code, role }) => say(key, { role: say(`role.${role}`), code });
}

function familyLine(code: string | null): Say {
  if (code === null) return say('telegram.call-unknown');
  return isPlainCode(code) ? say('telegram.call-family', { code }) : say('telegram.call-a-family');
}
