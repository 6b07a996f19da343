import type { Stage } from '../education/stage.ts';

/** What the words of a notice differ by: under six, under twelve, and older (our default). */
export const AGE_STEPS = [
  { band: 'b0', from: 0 },
  { band: 'b6', from: 6 },
  { band: 'b12', from: 12 },
] as const;
export type AgeBand = (typeof AGE_STEPS)[number]['band'];

/** Whose families a notice is for. */
export interface AudienceScope {
  /** The stages whose break it is; null for every child. */
  readonly stages: readonly Stage[] | null;
}

export interface AudienceChild {
  readonly id: string;
  readonly ageYears: number;
  readonly stage: Stage | null;
  readonly villageCode: string;
  readonly townshipCode: string | null;
  /** Who answers for the child today; several where they share a village. */
  readonly directorIds: readonly string[];
}

export interface AudienceAdult {
  readonly kind: 'guardian' | 'carer';
  readonly id: string;
  readonly childIds: readonly string[];
}

/** One person of a notice: one message, however many children they have. */
export interface Addressee {
  readonly personKind: 'guardian' | 'carer' | 'worker';
  readonly personId: string;
  readonly childIds: readonly string[];
  readonly villageCode: string;
  readonly townshipCode: string | null;
  /** Who passes it on where no chat brings it. */
  readonly directorId: string | null;
}

export function bandOfAge(ageYears: number): AgeBand {
  return AGE_STEPS.findLast(({ from }) => ageYears >= from)?.band ?? 'b0';
}

/** The bands of these children, each once, the youngest first. */
export function bandsOf(children: readonly Pick<AudienceChild, 'ageYears'>[]): readonly AgeBand[] {
  const found = new Set(children.map(({ ageYears }) => bandOfAge(ageYears)));
  return AGE_STEPS.map(({ band }) => band).filter((band) => found.has(band));
}

/** The children whose families are told. */
export function childrenMeant(
  children: readonly AudienceChild[],
  { stages }: AudienceScope,
): readonly AudienceChild[] {
  return stages === null
    ? children
    : children.filter(({ stage }) => stage !== null && stages.includes(stage));
}

/**
 * Everybody a notice is for: the guardians and carers of these children, each once, and the directors who answer for
 * them. Who shares a phone is found out when the messages are made.
 */
export function audienceOf(
  children: readonly AudienceChild[],
  adults: readonly AudienceAdult[],
): readonly Addressee[] {
  const byId = new Map(children.map((child) => [child.id, child]));
  const families = adults.flatMap(({ kind, id, childIds }): Addressee[] => {
    const own = [...new Set(childIds)].sort().flatMap((childId) => byId.get(childId) ?? []);
    return own.length === 0 ? [] : [addressee(kind, id, own)];
  });
  const directors = new Map<string, AudienceChild[]>();
  for (const child of children)
    for (const id of child.directorIds) directors.set(id, [...(directors.get(id) ?? []), child]);
  const workers = [...directors].map(([id, own]) => ({ ...addressee('worker', id, own), directorId: null }));
  return [...families, ...workers].sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

function addressee(
  personKind: Addressee['personKind'],
  personId: string,
  own: readonly AudienceChild[],
): Addressee {
  const [first] = own;
  return {
    personKind,
    personId,
    childIds: personKind === 'worker' ? [] : own.map(({ id }) => id),
    villageCode: first?.villageCode ?? '',
    townshipCode: first?.townshipCode ?? null,
    directorId: [...new Set(own.flatMap(({ directorIds }) => directorIds))].sort()[0] ?? null,
  };
}
