import type { Command } from '../../server/domain/commands.ts';
import type { Home, HomePerson } from '../../server/domain/family/home.ts';
import type { RequestAbout, RequestKind } from '../../server/domain/family/request.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Context } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';

/** A family that a director has confirmed, with a child of it in the system; null for everybody else. */
export function homeBound({ home }: Pick<View, 'home'>): Home | null {
  return home?.standing === 'bound' && !home.noContact && home.children.length > 0 ? home : null;
}

/** Whoever answers for the children of a home, each once, as they are told to the family; nobody they keep from a report. */
export function directorsOf(
  { children }: Home,
  { ownReports = [] }: Pick<View, 'ownReports'> = {},
): readonly Say[] {
  const kept = ownReports.flatMap(({ excludedIds }) => excludedIds);
  const all = children
    .flatMap(({ directors }) => directors)
    .filter(({ workerId }) => !kept.includes(workerId));
  return [...new Map(all.map((one) => [one.workerId, one])).values()].map(({ name, phone }) =>
    phone === null ? plain(name) : say('family-home.director', { name, phone }),
  );
}

/** Whoever asks for a person while a report of theirs has not ended may ask because of it. */
const IS_CALL: ReadonlySet<RequestKind> = new Set(['call-director', 'call-above', 'child-wrote']);

/** What a family asks; the same that is open already takes the words. */
export function asking(
  kind: RequestKind,
  told: {
    readonly text?: string | null;
    readonly about?: Omit<RequestAbout, 'childIds'>;
    readonly person?: HomePerson | undefined;
    /** They called for help before. */
    readonly afterHelp?: boolean;
    /** By minutes. */
    readonly isPressing?: boolean;
  },
  view: View,
  context: Context,
): Command {
  const home = homeBound(view);
  const reports = view.ownReports ?? [];
  const isHelp = reports.length > 0 && IS_CALL.has(kind);
  const person = told.person ?? home?.persons.find(({ id }) => id === view.personId) ?? home?.persons[0];
  const open = view.ownRequests?.find((one) => one.kind === kind);
  const children = home?.children.filter((child) => isTheirs(child.bonds, person)) ?? [];
  return {
    type: 'open-family-request',
    requestId: context.newId(),
    kind,
    text: told.text ?? null,
    about: { ...told.about, childIds: children.map(({ id }) => id) },
    person: person === undefined ? null : { kind: person.kind, id: person.id },
    areaCode: children[0]?.villageCode ?? null,
    addsTo: open ?? null,
    afterHelp: told.afterHelp === true || told.isPressing === true || isHelp,
    isPressing: told.isPressing === true || isHelp,
    keptFrom: [...new Set(reports.flatMap(({ excludedIds }) => excludedIds))],
  };
}

function isTheirs(bonds: readonly { readonly personId: string }[], person: HomePerson | undefined): boolean {
  return person === undefined || bonds.some(({ personId }) => personId === person.id);
}
