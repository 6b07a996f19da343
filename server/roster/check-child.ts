import { ageOn, type LocalDate } from '../domain/local-date.ts';
import { readDate } from './check-date.ts';
import { noteCode } from './check-code.ts';
import { readCarer, readGuardian, type CarerRow, type GuardianRow } from './check-family.ts';
import { noteName } from './check-name.ts';
import { readSituation, type Situation } from './check-situation.ts';
import { SEXES, TIERS, type Sex, type Tier } from './choices.ts';
import type { ChildColumn } from './columns.ts';
import { readIdentityNumber } from './identity-number.ts';
import { cleanName } from './normalise.ts';
import type { Row } from './row.ts';

const GROWN_UP_AT = 18; // 未成年人保护法 第2条

export interface ChildRow extends Situation {
  readonly code: string;
  readonly name: string;
  readonly nickname: string | null;
  readonly sex: Sex;
  readonly bornOn: LocalDate;
  /** 18 characters, checked; null where the child has none yet. */
  readonly identityNumber: string | null;
  readonly tier: Tier;
  /** False where the cell was blank and medium was put in. */
  readonly tierGiven: boolean;
  readonly villageCode: string;
  readonly address: string | null;
  readonly guardian: GuardianRow | null;
  readonly carer: CarerRow | null;
  readonly lastContactOn: LocalDate | null;
  readonly lastVisitOn: LocalDate | null;
}

export interface ChildKnowledge {
  /** The day of the import in Asia/Shanghai. */
  readonly today: LocalDate;
  readonly villages: ReadonlySet<string>;
}

/** Reads one child; null where the row is refused. Every finding is on the row. */
export function readChild(row: Row<ChildColumn>, knowledge: ChildKnowledge): ChildRow | null {
  if (row.refused()) {
    return null;
  }
  noteCode(row, 'code');
  noteName(row, 'name');
  const bornOn = readBirth(row, knowledge.today);
  const sex = SEXES.get(row.text('sex'));
  if (!sex) row.note('sex', 'sex-unknown');
  const identityNumber = readIdentity(row, bornOn, sex);
  const tier = readTier(row);
  if (!knowledge.villages.has(row.text('villageCode'))) row.note('villageCode', 'village-unknown');
  const situation = readSituation(row, bornOn, knowledge.today);
  const guardian = readGuardian(row, knowledge.today);
  const carer = readCarer(row, knowledge.today);
  const lastContactOn = readPastDay(row, 'lastContactOn', bornOn, knowledge.today);
  const lastVisitOn = readPastDay(row, 'lastVisitOn', bornOn, knowledge.today);
  if (row.refused() || !bornOn || !sex || !tier) return null;
  return {
    ...plainCells(row),
    ...situation,
    ...tier,
    sex,
    bornOn,
    identityNumber,
    guardian,
    carer,
    lastContactOn,
    lastVisitOn,
  };
}

function plainCells(
  row: Row<ChildColumn>,
): Pick<ChildRow, 'code' | 'name' | 'nickname' | 'villageCode' | 'address'> {
  return {
    code: row.text('code'),
    name: cleanName(row.raw('name')),
    nickname: cleanName(row.raw('nickname')) || null,
    villageCode: row.text('villageCode'),
    address: row.text('address') || null,
  };
}

function readBirth(row: Row<ChildColumn>, today: LocalDate): LocalDate | null {
  const bornOn = readDate(row, 'bornOn');
  if (bornOn === null) return null;
  if (bornOn > today) row.note('bornOn', 'date-in-future');
  else if (ageOn(bornOn, today) >= GROWN_UP_AT) row.note('bornOn', 'grown-up');
  else return bornOn;
  return null;
}

// A birth date or sex already refused is not compared: one mistake is told once.
function readIdentity(row: Row<ChildColumn>, bornOn: LocalDate | null, sex: Sex | undefined): string | null {
  const text = row.text('identityNumber');
  if (text === '') {
    row.note('identityNumber', 'identity-blank');
    return null;
  }
  const identity = readIdentityNumber(text);
  if (typeof identity === 'string') {
    row.note('identityNumber', identity);
    return null;
  }
  if (bornOn && identity.bornOn !== bornOn) row.note('identityNumber', 'identity-birth-differs');
  else if (bornOn && sex && identity.sex !== sex) row.note('identityNumber', 'identity-sex-differs');
  return identity.number;
}

function readTier(row: Row<ChildColumn>): { tier: Tier; tierGiven: boolean } | null {
  if (row.text('tier') === '') {
    row.note('tier', 'tier-blank');
    return { tier: 'medium', tierGiven: false };
  }
  const tier = TIERS.get(row.text('tier'));
  if (tier) return { tier, tierGiven: true };
  row.note('tier', 'tier-unknown');
  return null;
}

function readPastDay(
  row: Row<ChildColumn>,
  key: 'lastContactOn' | 'lastVisitOn',
  bornOn: LocalDate | null,
  today: LocalDate,
): LocalDate | null {
  const day = readDate(row, key);
  if (day !== null && day > today) row.note(key, 'date-in-future');
  else if (day !== null && bornOn !== null && day < bornOn) row.note(key, 'date-before-birth');
  return day;
}
