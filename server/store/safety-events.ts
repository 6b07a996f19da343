import type { EventTopic, SafetyEvent, SafetyEvents } from '../domain/education/safety-event.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { SafetyEventRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The events of a county, the latest first; `own` is the area of whoever asks. */
export async function safetyEvents(store: Store, ownCode: string, countyCode: string): Promise<SafetyEvents> {
  const areas = await store.client.area.findMany({
    where: { OR: [{ code: countyCode }, { countyCode }] },
    select: { code: true, name: true },
    orderBy: { code: 'asc' },
  });
  const codes = areas.map(({ code }) => code);
  const [rows, schools] = await Promise.all([
    rowsIn(store, 'SafetyEvent', 'areaCode', codes),
    store.client.partner.findMany({
      where: { kind: 'school', areaCode: { in: codes }, untilOn: null },
      select: { name: true },
      orderBy: { name: 'asc' },
    }),
  ]);
  const replaced = new Set(rows.map(({ supersedesId }) => supersedesId));
  const named = (code: string) => areas.find((area) => area.code === code) ?? { code, name: '' };
  return {
    own: named(ownCode),
    county: named(countyCode),
    areas,
    events: rows
      .filter(({ id }) => !replaced.has(id))
      .map((row) => eventOf(store.open('SafetyEvent', row)))
      .toSorted((a, b) => (a.heldOn === b.heldOn ? 0 : a.heldOn > b.heldOn ? -1 : 1)),
    schools: schools.map(({ name }) => name),
  };
}

function eventOf({
  id,
  kind,
  areaCode,
  heldOn,
  topics,
  school,
  audience,
  words,
}: SafetyEventRow): SafetyEvent {
  const told = JSON.parse(topics) as EventTopic[];
  return { id, kind, areaCode, heldOn: heldOn as LocalDate, topics: told, school, audience, words };
}
