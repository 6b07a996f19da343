import type { BindingCommand } from '../server/domain/family/binding-commands.ts';
import { decided, type Acting, type Decision } from '../server/services/acting.ts';
import {
  answerBinding,
  askBinding,
  endPhones,
  makeInvitation,
  noteWrongCode,
  withdrawConsent,
  type MovedSession,
} from '../server/services/binding.ts';
import { EMPTY_SESSION, movedInto, readSession, wakeAtOf } from './dialog/session.ts';
import type { BindingFacts, Facts } from './needs.ts';
import type { LoadedTurn } from './views.ts';

const OF_BINDING: ReadonlySet<string> = new Set<BindingCommand['type']>([
  'make-invitation',
  'note-wrong-code',
  'ask-binding',
  'answer-binding',
  'end-phones',
  'withdraw-consent',
]);

/** Whether a command is about who is behind a family's phone. */
export function isOfBinding(command: { readonly type: string }): command is BindingCommand {
  return OF_BINDING.has(command.type);
}

/** Who is behind a family's phone: invited, bound, known, ended. */
export function decideBinding(
  command: BindingCommand,
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  switch (command.type) {
    case 'make-invitation':
      return makeInvitation(
        command,
        acting,
        facts.adultPhones.invitations.filter(({ personId }) => personId === command.personId),
        facts.files.get(command.qr?.fileId ?? '') ?? null,
      );
    case 'note-wrong-code':
      return noteWrongCode(command, acting);
    case 'ask-binding': {
      const accounts = command.tells.flatMap((id) => facts.accountsByWorker.get(id) ?? []);
      return askBinding(command, acting, accounts);
    }
    case 'answer-binding': {
      const loaded = facts.bindings.get(command.bindingId);
      if (loaded?.binding.state !== 'asked') return decided([]);
      const { binding, account } = loaded;
      const by = turn.holder.worker?.name ?? '';
      return answerBinding(command, acting, { binding, account, by, session: sessionMoved(loaded) });
    }
    case 'end-phones':
      return endPhones(command, acting, facts.adultPhones.bindings, facts.adultPhones.phones);
    case 'withdraw-consent':
      return withdrawConsent(command, acting);
  }
}

/** What the phone had said before it was known goes on as the person's conversation: a report that is being told above all. */
function sessionMoved({ from, to }: BindingFacts): MovedSession | null {
  if (from.body === null) return null;
  const phone = readSession(from.body);
  if (phone === null) return null;
  const person = to.body === null ? EMPTY_SESSION : (readSession(to.body) ?? EMPTY_SESSION);
  const session = movedInto(person, phone);
  const left = JSON.stringify({ ...EMPTY_SESSION, askId: phone.askId });
  return { from, to, body: JSON.stringify(session), wakeAt: wakeAtOf(session), left };
}
