import type {
  AnswerBinding,
  AskBinding,
  EndPhones,
  MakeInvitation,
  NoteWrongCode,
  WithdrawConsent,
} from '../domain/family/binding-commands.ts';
import {
  CONSENT_TEXT_VERSION,
  DEFAULT_INVITATION_POLICY,
  digestedAs,
  type BoundPhone,
} from '../domain/family/invitation.ts';
import { commandOption, say } from '../domain/say.ts';
import type { BindingRow, ChatAccountRow, ConsentRow, InvitationRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, update, type Write } from './batch.ts';
import type { StoredSession } from './loaded.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** 邀请: the code is kept as a digest; an earlier one of the same adult is over, so that one paper at most is about. */
export function makeInvitation(
  command: MakeInvitation,
  acting: Acting,
  earlier: readonly InvitationRow[],
  picture: Buffer | null,
): Decision {
  const { invitationId, code, childId, personKind, personId, qr } = command;
  const at = acting.at.toISOString();
  const until = new Date(acting.at.getTime() + DEFAULT_INVITATION_POLICY.validDays * DAY_MS).toISOString();
  return decided([
    ...earlier
      .filter(({ expiresAt }) => expiresAt > at)
      .map(({ id, rev }) => update('Invitation', id, { expiresAt: at, rev: rev + 1 })),
    insert('Invitation', {
      ...{ id: invitationId, codeIndex: acting.digest(digestedAs(code)), childId, personKind, personId },
      ...{ madeBy: acting.personId ?? '', madeAt: at, expiresAt: until, usedAt: null, usedBy: null, rev: 1 },
    }),
    ...(qr === null || picture === null ? [] : [pictureKept(qr.fileId, picture, acting)]),
    audit(acting, 'invite-family', invitationId, { childId, personId }),
  ]);
}

function pictureKept(id: string, picture: Buffer, acting: Acting): Write {
  const body = picture.toString('base64');
  return insert('StoredFile', {
    ...{ id, kind: 'photo', mime: 'image/png', sizeBytes: picture.length, durationSeconds: null, body },
    ...{ ownerAccountId: acting.accountId, createdAt: acting.at.toISOString(), digest: acting.digest(body) },
  });
}

/** Guessing is counted, and the account that is locked by it stands in the audit trail. */
export function noteWrongCode({ locks }: NoteWrongCode, acting: Acting): Decision {
  const at = acting.at.toISOString();
  return decided([
    insert('WrongCode', { id: acting.newId(), accountId: acting.accountId, at }),
    ...(locks ? [audit(acting, 'codes-locked', `account:${acting.accountId}`, {})] : []),
  ]);
}

/** 绑定: once. What was said to both questions is kept beside the version of the words; the directors are asked. */
export function askBinding(
  command: AskBinding,
  acting: Acting,
  directors: readonly ChatAccountRow[],
): Decision {
  const { bindingId, invitationId, invitationRev, personKind, personId, childId, madeBy } = command;
  const at = acting.at.toISOString();
  const [firstHours = 24] = DEFAULT_INVITATION_POLICY.askAgainHours;
  const row: BindingRow = {
    ...{ id: bindingId, accountId: acting.accountId, personKind, personId, childId, invitationId, madeBy },
    ...{ state: 'asked', askedAt: at, answeredBy: null, answeredAt: null, endedAt: null },
    nextAskAt: new Date(acting.at.getTime() + firstHours * HOUR_MS).toISOString(),
    ...{ asksSent: 1, rev: 1 },
  };
  const person = { kind: personKind, id: personId };
  return decided(
    [
      update('Invitation', invitationId, { usedAt: at, usedBy: acting.accountId, rev: invitationRev + 1 }),
      insert('Binding', row),
      consent(acting, person, 'keep', command.keep),
      consent(acting, person, 'tips', command.tips),
      audit(acting, 'ask-binding', bindingId, { personId, childId, keep: command.keep, tips: command.tips }),
    ],
    directors.map((account) => bindingAsked(row, account, 0)),
    [{ table: 'Invitation', id: invitationId, rev: invitationRev }],
  );
}

/** What a director, or later whoever supervises, is told of somebody who bound: nobody's name. */
export function bindingAsked({ id }: Pick<BindingRow, 'id'>, account: ChatAccountRow, ask: number): Outgoing {
  return {
    account,
    lane: 'reminder',
    key: `binding:${id}:${String(ask)}:${account.id}`,
    reply: {
      ...say(ask === 0 ? 'bindings.somebody' : 'bindings.somebody-waits'),
      options: [commandOption('bindings', null, say('bindings.look'))],
    },
    refs: { bindingId: id },
  };
}

/** A conversation that goes on under another key, and what is left under the old one. */
export interface MovedSession {
  readonly from: StoredSession;
  readonly to: StoredSession;
  readonly body: string;
  readonly wakeAt: string | null;
  readonly left: string;
}

/** What an answer about somebody who bound needs. */
export interface BindingAnswered {
  readonly binding: BindingRow;
  readonly account: ChatAccountRow;
  /** Whoever answers, as the family knows them. */
  readonly by: string;
  /** The conversation under the person's own key, with what the phone had said before it had one; null where nothing moves. */
  readonly session: MovedSession | null;
}

/** 是本人: from now on the phone is theirs, and what was being talked about goes on. 不是: nothing was shown, and nothing is. */
export function answerBinding(
  { isThem, quietly }: AnswerBinding,
  acting: Acting,
  { binding, account, by, session }: BindingAnswered,
): Decision {
  const at = acting.at.toISOString();
  const { id, personKind, personId, rev } = binding;
  const answered = { answeredBy: acting.personId, answeredAt: at, nextAskAt: null, rev: rev + 1 };
  const guards = [{ table: 'Binding', id, rev }] as const;
  const note = audit(acting, isThem ? 'confirm-binding' : 'refuse-binding', id, {});
  if (!isThem)
    return decided(
      [update('Binding', id, { ...answered, state: 'refused' }), note],
      quietly ? [] : [told(binding, account, 'bind.not-known', by)],
      guards,
    );
  const isFirst = account.personId === null;
  const linked = { personKind, personId, linkedAt: at } as const;
  return decided(
    [
      update('Binding', id, { ...answered, state: 'confirmed' }),
      ...(isFirst ? [update('ChatAccount', account.id, linked)] : []),
      ...(isFirst && session !== null ? moved(session, at) : []),
      note,
    ],
    [told(binding, isFirst ? { ...account, ...linked } : account, 'bind.confirmed', by)],
    [...guards, ...(isFirst && session !== null ? sessionGuards(session) : [])],
  );
}

/** Phones that are no longer somebody's. A shared phone stays with whoever else is behind it. */
export function endPhones(
  { personIds, accountIds }: EndPhones,
  acting: Acting,
  bindings: readonly BindingRow[],
  phones: readonly BoundPhone[],
): Decision {
  const at = acting.at.toISOString();
  const ended = (accountIds ?? [acting.accountId]).filter((id) =>
    [...phones, ...bindings].some((row) => row.accountId === id),
  );
  const over = bindings.filter((row) => ended.includes(row.accountId) && personIds.includes(row.personId));
  const first = phones.filter((row) => ended.includes(row.accountId) && personIds.includes(row.personId));
  return decided(
    [
      ...over.map(({ id, rev }) =>
        update('Binding', id, { state: 'ended', endedAt: at, nextAskAt: null, rev: rev + 1 }),
      ),
      ...[...new Set(first.map(({ accountId }) => accountId))].map((id) =>
        update('ChatAccount', id, { personKind: null, personId: null, linkedAt: null }),
      ),
      ...ended.map((id) => audit(acting, 'end-phone', `account:${id}`, { personIds })),
    ],
    [],
    over.map(({ id, rev }) => ({ table: 'Binding', id, rev })),
  );
}

/** 撤回同意: on record. What the law asks to be kept and done goes on, and whoever said so was told that it does. */
export function withdrawConsent({ persons }: WithdrawConsent, acting: Acting): Decision {
  return decided([
    ...persons.flatMap((person) => [
      consent(acting, person, 'keep', false),
      consent(acting, person, 'tips', false),
    ]),
    audit(acting, 'withdraw-consent', `account:${acting.accountId}`, {}),
  ]);
}

/** One word of consent, kept for ever beside the version of what was read. */
export function consent(
  acting: Acting,
  person: { readonly kind: 'guardian' | 'carer'; readonly id: string },
  kind: ConsentRow['kind'],
  given: boolean,
): Write {
  return insert('Consent', {
    ...{ id: acting.newId(), at: acting.at.toISOString(), accountId: acting.accountId },
    ...{ personKind: person.kind, personId: person.id, kind, given, textVersion: CONSENT_TEXT_VERSION },
  });
}

function told({ id }: BindingRow, account: ChatAccountRow, key: string, by: string): Outgoing {
  const options = key === 'bind.confirmed' ? [commandOption('menu', null, say('bind.what-can-i-say'))] : [];
  return {
    account,
    lane: 'reply',
    key: `bound:${id}`,
    reply: { ...say(key, { by }), options },
    refs: {},
  };
}

function moved({ from, to, body, wakeAt, left }: MovedSession, at: string): readonly Write[] {
  const row = { body, updatedAt: at, wakeAt };
  const taken =
    to.rev === 0
      ? insert('DialogSession', { key: to.key, rev: 1, ...row })
      : update('DialogSession', to.key, { ...row, rev: to.rev + 1 });
  const empty = { body: left, wakeAt: null, updatedAt: at, rev: from.rev + 1 };
  return [taken, update('DialogSession', from.key, empty)];
}

function sessionGuards({ from, to }: MovedSession): Decision['guards'] {
  const guard = ({ key, rev }: StoredSession) => ({ table: 'DialogSession', id: key, rev }) as const;
  return to.rev === 0 ? [guard(from)] : [guard(from), guard(to)];
}
