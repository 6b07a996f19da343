import type { LocalDate } from '../domain/local-date.ts';
import type { Partner } from '../domain/partners/partner.ts';
import { audit, type Acting } from '../services/acting.ts';
import { insert, put, type Batch } from '../services/batch.ts';
import type { PartnerRow } from '../store/generated/tables.ts';
import { readPartner } from './check-partner.ts';
import { PARTNER_COLUMNS } from './partner-columns.ts';
import type { RosterProblem, RowCounts } from './problems.ts';
import { countsOf, noteTwice, takenOf } from './read-roster.ts';
import { openTable } from './read-table.ts';
import type { RosterFile } from './roster-file.ts';
import { layOut, type Findings } from './row.ts';

/** What entering offices needs of the store. Numbers come readable and are handed over readable. */
export interface PartnerStore {
  areaCodes(): Promise<ReadonlySet<string>>;
  partners(): Promise<readonly PartnerRow[]>;
  digest(text: string): string;
  /** False where somebody was quicker. */
  commit(batch: Batch): Promise<boolean>;
}

export interface Entering {
  readonly store: PartnerStore;
  readonly at: Date;
  readonly today: LocalDate;
  readonly dryRun: boolean;
  newId(): string;
}

/** What became of a file. */
export interface EnteredPartners {
  readonly problems: readonly RosterProblem[];
  readonly counts: RowCounts;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** False where two commands wrote at the same time: nothing was written. */
  readonly written: boolean;
}

/**
 * Reads a table of offices and keeps it: an office is known by area, kind and name, so that the same file again adds
 * nothing and a changed number takes the place of the old one. Offices the file does not name stay as they are.
 * @throws RosterFileError where the file cannot be processed
 */
export async function enterPartners(file: RosterFile, entering: Entering): Promise<EnteredPartners> {
  const { store, today, dryRun } = entering;
  const { partners, problems, counts } = await readPartners(file, await store.areaCodes(), today);
  const known = new Map((await store.partners()).map((row) => [keyOf(row), row]));
  const rows = partners.map((partner) => ({ partner, before: known.get(keyOf(partner)) }));
  const added = rows.filter(({ before }) => before === undefined);
  const changed = rows.filter(({ partner, before }) => before !== undefined && !isSame(partner, before));
  const summary = {
    problems,
    counts,
    added: added.length,
    changed: changed.length,
    same: rows.length - added.length - changed.length,
  };
  if (dryRun || added.length + changed.length === 0) return { ...summary, written: !dryRun };
  const writes = [
    ...added.map(({ partner }) => insert('Partner', { id: entering.newId(), ...partner })),
    ...changed.map(({ partner, before }) => put('Partner', { id: before?.id ?? '', ...partner })),
    audit(actingFor(entering), 'enter-partners', 'Partner', { added: added.length, changed: changed.length }),
  ];
  return { ...summary, written: await store.commit({ guards: [], writes }) };
}

async function readPartners(file: RosterFile, areas: ReadonlySet<string>, today: LocalDate) {
  const table = await openTable(file, PARTNER_COLUMNS);
  const read: { readonly row: Findings<keyof typeof PARTNER_COLUMNS>; readonly value: Partner | null }[] = [];
  const rowOfKey = new Map<string, number>();
  for await (const record of table.records) {
    const row = layOut(table, record, 'areaCode');
    const value = row.refused() ? null : readPartner(row, areas, today);
    if (value) noteTwice(row, 'name', keyOf(value), rowOfKey, 'partner-twice');
    read.push({ row: row.findings, value });
  }
  return {
    partners: read.flatMap(({ row, value }) => takenOf(row, value).map((taken) => taken.value)),
    problems: [...table.problems, ...read.flatMap(({ row }) => row.problems)],
    counts: countsOf(read.map(({ row }) => row)),
  };
}

function keyOf({ areaCode, kind, name }: Pick<Partner, 'areaCode' | 'kind' | 'name'>): string {
  return [areaCode, kind, name].join(' ');
}

function isSame(partner: Partner, before: PartnerRow): boolean {
  const told = (['phone', 'address', 'verifiedOn', 'source', 'untilOn'] as const).map(
    (name) => partner[name] === before[name],
  );
  return told.every(Boolean);
}

function actingFor(entering: Entering): Acting {
  const { store, at, today } = entering;
  const newId = (): string => entering.newId();
  return { at, today, personId: null, accountId: '', newId, digest: (text) => store.digest(text) };
}
