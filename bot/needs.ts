import type { Command } from '../server/domain/commands.ts';
import type { DutyLine } from '../server/domain/escalation/duty-roster.ts';
import type { ChangeFamilyPhone } from '../server/domain/family/request-commands.ts';
import type { Sheet } from '../server/domain/paper/sheet.ts';
import type { BoundPhone } from '../server/domain/family/invitation.ts';
import type {
  LoadedBinding,
  ChildHistory,
  LoadedReport,
  RoleHolder,
  StoredSession,
} from '../server/services/loaded.ts';
import type { PhoneKeys } from '../server/services/family-request.ts';
import type { ChildOfAdult } from '../server/services/no-contact.ts';
import type {
  BindingRow,
  CallRequestRow,
  ChatAccountRow,
  ContactRow,
  InvitationRow,
  VisitAppointmentRow,
} from '../server/store/generated/tables.ts';
import type { LoadedTurn } from './views.ts';

/** What the commands of a group of turns have to read before they can be decided. */
export interface Facts {
  readonly histories: ReadonlyMap<string, ChildHistory>;
  readonly contacts: ReadonlyMap<string, ContactRow>;
  readonly accountsById: ReadonlyMap<string, ChatAccountRow>;
  /** The account that reaches a worker on the primary channel. */
  readonly accountsByWorker: ReadonlyMap<string, ChatAccountRow>;
  /** The bytes of the forms and pictures to be made, by the id of the file. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The reports these commands are about; the accounts of all they concern are among the others. */
  readonly reports: ReadonlyMap<string, LoadedReport>;
  /** Who fills the roles of these reports by the rosters they kept; of those that change whom they reach. */
  readonly climbers: ReadonlyMap<string, readonly RoleHolder[]>;
  /** The children of the adults who are spoken of, with who answers for each. */
  readonly childrenOfAdults: ReadonlyMap<string, readonly ChildOfAdult[]>;
  /** The calls under way, by the concern they are about, or by who asked to be called. */
  readonly callsUnderWay: ReadonlyMap<string, CallRequestRow>;
  /** Bindings that are answered, each with the conversation of its phone and of its person. */
  readonly bindings: ReadonlyMap<string, BindingFacts>;
  /** Of the adults who are invited or whose phones end: invitations that are about, bindings, and phones. */
  readonly adultPhones: AdultPhones;
  /** The keys of the numbers that guardians and carers are to have, by the person. */
  readonly phoneKeys: ReadonlyMap<string, PhoneKeys>;
  /** What was agreed on of visits to the children that are written of, and is not on record. */
  readonly openVisits: readonly VisitAppointmentRow[];
  /** Appointments that the records which are taken back or put right had ended. */
  readonly endedVisits: readonly VisitAppointmentRow[];
}

export interface BindingFacts extends LoadedBinding {
  readonly from: StoredSession;
  readonly to: StoredSession;
}

export interface AdultPhones {
  readonly invitations: readonly InvitationRow[];
  readonly bindings: readonly BindingRow[];
  readonly phones: readonly BoundPhone[];
}

/** The children, records and accounts these commands are about. */
export interface Needs {
  readonly childIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly workerIds: readonly string[];
  /** The forms to be put on paper, in the reader's language. */
  readonly sheets: readonly { readonly fileId: string; readonly sheet: Sheet; readonly language: string }[];
  /** Links to be drawn as pictures for a camera. */
  readonly qrs: readonly { readonly fileId: string; readonly text: string }[];
  /** Reports that are gone on with. */
  readonly reportIds: readonly string[];
  /** Of these, those that change whom they reach. */
  readonly climbIds: readonly string[];
  /** Adults of whom the directors of all their children are to hear. */
  readonly adultIds: readonly string[];
  /** Concerns, or people, about which somebody is to be called. */
  readonly callsWanted: readonly string[];
  readonly bindingIds: readonly string[];
  /** Adults whose invitations, bindings and phones are needed. */
  readonly phonesOf: readonly string[];
  /** Guardians and carers whose number changes. */
  readonly newPhones: readonly ChangeFamilyPhone[];
}

/** Commands decided on the whole history of their child. */
const READS_HISTORY: ReadonlySet<Command['type']> = new Set([
  'record-contact',
  'record-absence',
  'end-absence',
  'withdraw-absence',
  'answer-absence',
  'record-obstacle',
  'answer-obstacle',
]);

/** What several turns need, read together. */
export function allOf(needs: readonly Needs[]): Needs {
  return {
    childIds: needs.flatMap((n) => n.childIds),
    contactIds: needs.flatMap((n) => n.contactIds),
    accountIds: needs.flatMap((n) => n.accountIds),
    workerIds: needs.flatMap((n) => n.workerIds),
    sheets: needs.flatMap((n) => n.sheets),
    qrs: needs.flatMap((n) => n.qrs),
    reportIds: needs.flatMap((n) => n.reportIds),
    climbIds: needs.flatMap((n) => n.climbIds),
    adultIds: needs.flatMap((n) => n.adultIds),
    callsWanted: needs.flatMap((n) => n.callsWanted),
    bindingIds: needs.flatMap((n) => n.bindingIds),
    phonesOf: needs.flatMap((n) => n.phonesOf),
    newPhones: needs.flatMap((n) => n.newPhones),
  };
}

/** What must be read before a command can be decided. */
export function needsOf(commands: readonly Command[], turn: LoadedTurn): Needs {
  return {
    childIds: commands.flatMap((c) =>
      READS_HISTORY.has(c.type) && 'childId' in c && c.childId !== null ? [c.childId] : [],
    ),
    contactIds: commands.flatMap((c) =>
      c.type === 'withdraw-contact' || c.type === 'correct-contact' || c.type === 'add-voice-words'
        ? [c.targetId]
        : [],
    ),
    accountIds: commands.flatMap((c) => (c.type === 'change-family-phone' ? [c.accountId] : [])),
    workerIds: [
      ...commands.flatMap(substituteOf),
      ...commands.flatMap((c) => (c.type === 'file-duty' ? c.lines.flatMap(ofLine) : [])),
      ...commands.flatMap((c) => (c.type === 'call-made' ? toldOfCalls(c.callIds, turn) : [])),
      ...commands.flatMap((c) => (c.type === 'open-follow-up' && c.ownerId !== null ? [c.ownerId] : [])),
      ...commands.flatMap((c) => ('authorId' in c ? [c.authorId] : [])),
      ...commands.flatMap((c) => ('tells' in c ? c.tells : [])),
    ],
    sheets: commands.flatMap((c) =>
      c.type === 'print-form'
        ? [{ fileId: c.fileId, sheet: c.sheet, language: turn.holder.account.language }]
        : [],
    ),
    qrs: commands.flatMap((c) => (c.type === 'make-invitation' && c.qr !== null ? [c.qr] : [])),
    reportIds: commands.flatMap(reportsOf),
    climbIds: commands.flatMap((c) =>
      c.type === 'exclude-from-report' ? [c.reportId] : c.type === 'join-report' ? [c.joinsId] : [],
    ),
    adultIds: commands.flatMap((c) =>
      c.type === 'mark-no-contact' || c.type === 'lift-no-contact' ? [c.personId] : [],
    ),
    bindingIds: commands.flatMap((c) => (c.type === 'answer-binding' ? [c.bindingId] : [])),
    phonesOf: commands.flatMap((c) =>
      c.type === 'make-invitation' ? [c.personId] : c.type === 'end-phones' ? c.personIds : [],
    ),
    newPhones: commands.filter((c) => c.type === 'change-family-phone'),
    callsWanted: commands.flatMap((c) => {
      const isCall = c.type === 'ask-call' || (c.type === 'answer-concern' && c.answer === 'call-asked');
      return [
        ...(c.type === 'answer-concern' ? [c.concernId] : []),
        ...(isCall ? [turn.view.personId ?? ''] : []),
      ];
    }),
  };
}

/** What a report is opened with needs nothing: nothing may stand in its way. */
function reportsOf(command: Command): readonly string[] {
  if (!('reportId' in command) || command.type === 'open-report' || command.type === 'view-report') return [];
  return command.type === 'join-report' ? [command.reportId, command.joinsId] : [command.reportId];
}

function ofLine({ workerId, replacesId }: DutyLine): readonly string[] {
  return replacesId === null ? [workerId] : [workerId, replacesId];
}

function substituteOf(command: Command): readonly string[] {
  if (command.type !== 'take-leave' && command.type !== 'end-leave') return [];
  return command.substituteId === null ? [] : [command.substituteId];
}

/** Whoever was asked to make these calls, and whoever was to be called. */
function toldOfCalls(callIds: readonly string[], turn: LoadedTurn): readonly string[] {
  return turn.calls
    .filter(({ call }) => callIds.includes(call.id))
    .flatMap(({ call, recipientIds }) => [call.directorId, ...recipientIds]);
}
