import type { MakeLinkCode } from '../domain/commands.ts';
import type { ChatAccountRow, LinkCodeRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update, type Write } from './batch.ts';
import { noteWrongCode } from './binding.ts';

/** A code is over after so long (our default). */
const LINK_CODE_MS = 10 * 60_000;

/** What is kept of a code: a digest that says nothing without the key. */
export function linkCodeIndex(code: string, digest: (text: string) => string): string {
  return digest(`link-code:${code}`);
}

/** A code for the person who asked; it is theirs, and only for minutes. */
export function makeLinkCode({ code }: MakeLinkCode, acting: Acting): Decision {
  if (acting.personId === null) return decided([]);
  const row: LinkCodeRow = {
    id: acting.newId(),
    codeIndex: linkCodeIndex(code, (text) => acting.digest(text)),
    workerId: acting.personId,
    madeAt: acting.at.toISOString(),
    expiresAt: new Date(acting.at.getTime() + LINK_CODE_MS).toISOString(),
    usedAt: null,
    usedBy: null,
    rev: 1,
  };
  return decided([insert('LinkCode', row), audit(acting, 'make-link-code', `worker:${acting.personId}`, {})]);
}

/** What is known when somebody comes with a code. */
export interface CodeBrought {
  /** The account that brings it; it belongs to nobody yet. */
  readonly account: ChatAccountRow;
  readonly code: LinkCodeRow | null;
  /** How often the account may still be wrong. */
  readonly triesLeft: number;
  /** The accounts of whoever the code belongs to. */
  readonly owns: readonly ChatAccountRow[];
}

export type Brought =
  | {
      readonly result: 'linked';
      readonly personId: string;
      /** The same person's on other channels. */
      readonly told: readonly ChatAccountRow[];
      /** Theirs on this channel until now. */
      readonly former: readonly ChatAccountRow[];
    }
  /** `last`: no further try for an hour. */
  | { readonly result: 'over' | 'wrong' | 'last' | 'locked' };

/** Whether a code makes an account somebody's, and what is written then. */
export function bringCode(
  { account, code, triesLeft, owns }: CodeBrought,
  acting: Acting,
): Brought & { readonly decision: Decision } {
  const at = acting.at.toISOString();
  if (triesLeft <= 0) return { result: 'locked', decision: decided([]) };
  if (code === null) {
    const locks = triesLeft === 1;
    const decision = noteWrongCode({ type: 'note-wrong-code', locks }, acting);
    return { result: locks ? 'last' : 'wrong', decision };
  }
  if (code.usedAt !== null || code.expiresAt <= at) return { result: 'over', decision: decided([]) };
  const { workerId: personId } = code;
  // A new phone takes the place of the old one: of one channel a person has one account.
  const former = owns.filter(({ channel }) => channel === account.channel);
  const others = owns.filter(({ channel, goneAt }) => channel !== account.channel && goneAt === null);
  const writes: Write[] = [
    update('LinkCode', code.id, { usedAt: at, usedBy: account.id, rev: code.rev + 1 }),
    ...former.map(({ id }) =>
      update('ChatAccount', id, { personKind: null, personId: null, linkedAt: null }),
    ),
    update('ChatAccount', account.id, {
      ...habitsOf(former[0] ?? others[0]),
      personKind: 'worker',
      personId,
      linkedAt: at,
    }),
    audit(acting, 'link-account', `account:${account.id}`, { personId }),
  ];
  const guard = { table: 'LinkCode', id: code.id, rev: code.rev } as const;
  return { result: 'linked', personId, told: others, former, decision: decided(writes, [], [guard]) };
}

/** What a person chose once holds on the new account as well; the language is the one of the phone. */
function habitsOf(account: ChatAccountRow | undefined): Partial<ChatAccountRow> {
  if (account === undefined) return {};
  const { digestMinutes, quietFromMinutes, quietUntilMinutes, steps } = account;
  return { digestMinutes, quietFromMinutes, quietUntilMinutes, steps };
}
