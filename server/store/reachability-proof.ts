import type { FindingKind } from '../domain/escalation/reachability.ts';
import type { ToldBefore } from '../domain/escalation/told-again.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { Write } from '../services/batch.ts';
import { readSetting, settingWrite } from './settings.ts';
import type { Store } from './store.ts';

/** The last proof of all counties: ids and numbers. */
export interface Proof {
  readonly on: LocalDate;
  /** When it was made, on the real clock. */
  readonly at: string;
  readonly counts: Readonly<Record<FindingKind, number>>;
  /** The same by the code of the county, where something was found; kinds that are not there are left out. */
  readonly byCounty: Readonly<Record<string, Readonly<Partial<Record<FindingKind, number>>>>>;
}

/** Null before the first one. */
export async function lastProof(store: Store): Promise<Proof | null> {
  return JSON.parse((await readSetting(store, 'reachability-proved')) ?? 'null') as Proof | null;
}

export function proofWrite(proof: Proof): Write {
  return settingWrite('reachability-proved', JSON.stringify(proof));
}

/** What the desk of a county was last told; null before the first time. */
export async function toldBefore(store: Store, countyCode: string): Promise<ToldBefore | null> {
  const kept = await readSetting(store, `reachability-told-${countyCode}`);
  return JSON.parse(kept ?? 'null') as ToldBefore | null;
}

export function toldWrite(countyCode: string, told: ToldBefore): Write {
  return settingWrite(`reachability-told-${countyCode}`, JSON.stringify(told));
}
