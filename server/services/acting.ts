import type { Reply } from '../domain/say.ts';
import { insert, type Batch, type Write } from './batch.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';

/** Who does something, when, and where ids and keyed digests come from. */
export interface Acting {
  readonly at: Date;
  readonly today: LocalDate;
  /** The person behind the account; null for a stranger. */
  readonly personId: string | null;
  readonly accountId: string;
  newId(): string;
  /** A keyed digest of what was done, for the audit chain; it says nothing without the key. */
  digest(text: string): string;
}

/** A message to somebody, before any language. */
export interface Outgoing {
  readonly account: ChatAccountRow;
  readonly lane: 'urgent' | 'reply' | 'reminder' | 'broadcast';
  /** The same key twice is the same message: it is stored once. */
  readonly key: string;
  readonly reply: Reply;
  /** What the message refers to, without personal data. */
  readonly refs: Readonly<Record<string, string | number>>;
}

/** What a service decided: rows, and messages that go out with the same commit. */
export interface Decision extends Batch {
  readonly outgoing: readonly Outgoing[];
}

/** A decision made of rows alone. */
export function decided(
  writes: readonly Write[],
  outgoing: readonly Outgoing[] = [],
  guards: Batch['guards'] = [],
): Decision {
  return { guards, writes, outgoing };
}

/** Several decisions as one. */
export function allOf(decisions: readonly Decision[]): Decision {
  return {
    guards: decisions.flatMap((d) => d.guards),
    writes: decisions.flatMap((d) => d.writes),
    outgoing: decisions.flatMap((d) => d.outgoing),
  };
}

/** One line of the audit trail; it names ids, never a person's data. Sealed into the chain by the active worker. */
export function audit(acting: Acting, action: string, subject: string, detail: object): Write {
  const at = acting.at.toISOString();
  return insert('AuditEvent', {
    id: acting.newId(),
    at,
    actorId: acting.personId,
    action,
    subject,
    digest: acting.digest(JSON.stringify([at, acting.personId, action, subject, detail])),
  });
}
