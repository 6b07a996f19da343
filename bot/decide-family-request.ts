import type { Command } from '../server/domain/commands.ts';
import type { FamilyRequestCommand } from '../server/domain/family/request-commands.ts';
import { allOf, type Acting, type Decision } from '../server/services/acting.ts';
import {
  answerFamilyRequest,
  changeFamilyPhone,
  openFamilyRequest,
} from '../server/services/family-request.ts';
import type { Facts } from './needs.ts';
import type { LoadedTurn } from './views.ts';

const OF_FAMILY_REQUEST: ReadonlySet<string> = new Set<FamilyRequestCommand['type']>([
  'open-family-request',
  'answer-family-request',
  'change-family-phone',
]);

/** Whether a command is about what a family asked. */
export function isOfFamilyRequest(command: Command): command is FamilyRequestCommand {
  return OF_FAMILY_REQUEST.has(command.type);
}

/** What a family asks a person, and what a person answered. */
export function decideFamilyRequest(
  command: FamilyRequestCommand,
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  switch (command.type) {
    case 'open-family-request': {
      const place = command.areaCode ?? turn.holder.familyVillage?.code ?? turn.ladderAreas.at(-1) ?? null;
      if (place !== null || command.addsTo !== null) return openFamilyRequest(command, acting, place);
      // Nobody knows in which of several counties: each hears, and says what came of it, for itself.
      const each = turn.dutyAreas.map((code) => ({ code, requestId: acting.newId() }));
      return allOf(
        each.map(({ code, requestId }) => openFamilyRequest({ ...command, requestId }, acting, code)),
      );
    }
    case 'answer-family-request':
      return answerFamilyRequest(command, acting);
    case 'change-family-phone':
      return changeFamilyPhone(command, acting, {
        keys: facts.phoneKeys.get(command.person.id),
        account: facts.accountsById.get(command.accountId),
      });
  }
}
