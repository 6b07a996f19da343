import { insert, update, type Write } from '../services/batch.ts';
import type { ChildRow } from './check-child.ts';
import type { FamilyTables, GivenAdult } from './family-tables.ts';
import type { StoredLink } from './roster-store.ts';
import type { Writing } from './write-batches.ts';

/** A child of the file whose row is, or is about to be, stored under this id. */
export interface PlacedChild {
  readonly row: ChildRow;
  readonly childId: string;
  /** The county of the child's village; empty where nobody knows it. */
  readonly countyCode: string;
}

interface WantedLink {
  readonly childId: string;
  readonly adult: GivenAdult;
  readonly mergeIndex: string;
  /** The stored link this row speaks of; null where it is new. */
  readonly stored: StoredLink | null;
}

/**
 * Keeps the adults of these children. Two rows name the same person where name and phone are equal, never by the
 * phone alone: families share phones. Without a phone the person is the child's own.
 */
export async function planFamilies(
  writing: Writing,
  tables: FamilyTables,
  children: readonly PlacedChild[],
): Promise<Write[]> {
  const links = await writing.store.links(
    tables.kind,
    children.map((child) => child.childId),
  );
  const wanted = children.flatMap((child) => wantedLink(writing, tables, child, links));
  const adultIds = new Map(
    await writing.store.adults(
      tables.kind,
      wanted.map((link) => link.mergeIndex),
    ),
  );
  const moves = await phoneChanges(writing, tables, wanted, adultIds);
  const writes: Write[] = [];
  for (const link of wanted) {
    const adultId = adultOf(writing, tables, link, adultIds, moves, writes);
    writes.push(...linkWrites(writing, tables, link, adultId));
  }
  return writes;
}

function wantedLink(
  writing: Writing,
  tables: FamilyTables,
  { row, childId, countyCode }: PlacedChild,
  links: readonly StoredLink[],
): WantedLink[] {
  const adult = tables.given(row);
  if (adult === null) return [];
  const own = links.filter((link) => link.childId === childId);
  const key =
    adult.phone === null
      ? `${row.code.toUpperCase()}\n${adult.relation}`
      : `${countyCode}\n${adult.name}\n${adult.phone}`;
  const stored =
    own.find((link) => link.relation === adult.relation) ??
    own.find((link) => link.adultName === adult.name) ??
    null;
  return [{ childId, adult, stored, mergeIndex: writing.store.index(tables.kind, key) }];
}

/**
 * People of an unchanged name whose phone changed for all their children at once: the person stays the same, and so
 * do the accounts bound to them. Stored adult by new merge index.
 */
async function phoneChanges(
  writing: Writing,
  tables: FamilyTables,
  wanted: readonly WantedLink[],
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const candidates = wanted.flatMap(({ adult, stored, mergeIndex }) =>
    stored?.adultName === adult.name && adult.phone !== null && !known.has(mergeIndex)
      ? [{ adultId: stored.adultId, mergeIndex }]
      : [],
  );
  if (candidates.length === 0) return new Map();
  const childrenOf = await writing.store.childrenOf(
    tables.kind,
    candidates.map((c) => c.adultId),
  );
  const indexOf = new Map(
    wanted.map((link) => [`${link.stored?.adultId ?? ''} ${link.childId}`, link.mergeIndex]),
  );
  return new Map(
    candidates
      .filter(({ adultId, mergeIndex }) =>
        (childrenOf.get(adultId) ?? []).every((id) => indexOf.get(`${adultId} ${id}`) === mergeIndex),
      )
      .map(({ adultId, mergeIndex }) => [mergeIndex, adultId]),
  );
}

/** The stored or new person behind a link; adds the write that makes or mends them. */
function adultOf(
  writing: Writing,
  tables: FamilyTables,
  { adult, stored, mergeIndex }: WantedLink,
  adultIds: Map<string, string>,
  moves: ReadonlyMap<string, string>,
  writes: Write[],
): string {
  const { name, phone } = adult;
  // No phone in the file says nothing: whoever is stored under this name stays.
  if (stored?.adultName === name && phone === null) return stored.adultId;
  const known = adultIds.get(mergeIndex);
  if (known !== undefined) return known;
  const phoneIndex = phone === null ? null : writing.store.index('phone', phone);
  const moved = moves.get(mergeIndex);
  const id = moved ?? writing.newId();
  adultIds.set(mergeIndex, id);
  writes.push(
    moved === undefined
      ? insert(tables.adult, { id, name, phone, phoneIndex, mergeIndex })
      : update(tables.adult, id, { phone, phoneIndex, mergeIndex }),
  );
  return id;
}

function linkWrites(
  writing: Writing,
  tables: FamilyTables,
  { childId, adult, stored }: WantedLink,
  adultId: string,
): Write[] {
  const { relation, first, second } = adult;
  if (stored === null)
    return [tables.newLink({ id: writing.newId(), childId, adultId, relation, first, second })];
  const samePerson = stored.adultId === adultId;
  const link = {
    adultId,
    relation,
    first: first ?? (samePerson ? stored.first : null),
    second: second ?? (samePerson ? stored.second : null),
  };
  const same =
    samePerson &&
    link.relation === stored.relation &&
    link.first === stored.first &&
    link.second === stored.second;
  return same ? [] : [tables.changedLink(stored, link)];
}
