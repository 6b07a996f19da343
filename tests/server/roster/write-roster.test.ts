import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../../server/domain/local-date.ts';
import type { RosterStore } from '../../../server/roster/roster-store.ts';
import { ImportConflict } from '../../../server/roster/write-batches.ts';
import { insert, update } from '../../../server/services/batch.ts';
import { recordContact } from '../../../server/services/record-contact.ts';
import { readCadence } from '../../../server/services/cadence-record.ts';
import { historiesOf } from '../../../server/store/contacts.ts';
import { rosterStoreOf } from '../../../server/store/roster.ts';
import type { Store } from '../../../server/store/store.ts';
import {
  allRows,
  childOf,
  emptyStore,
  importInto,
  newId,
  sampleFiles,
  withCells,
  type TestStore,
} from './import-world.ts';
import { childCells, day, identityNumber, sampleRows, TODAY, xlsxFile } from './sample-roster.ts';

const TOMORROW = addDays(TODAY, 1);
let opened: TestStore;
let store: Store;

beforeEach(async () => {
  opened = await emptyStore();
  store = opened.store;
});
afterEach(() => opened.close());

async function recordVisit(code: string, takenOn = TODAY): Promise<void> {
  const child = await childOf(store, code);
  const history = (await historiesOf(store, [child.id])).get(child.id);
  if (!history) throw new Error('no history');
  const command = {
    type: 'record-contact',
    contactId: newId(),
    childId: child.id,
    mode: 'home',
    takenOn,
    childSeen: true,
    note: '一切都好',
    outcome: 'none',
    met: [],
    concernId: null,
  } as const;
  const acting = {
    at: new Date('2026-11-23T09:00:00Z'),
    today: TODAY,
    personId: 'director',
    accountId: 'account',
    newId,
    digest: (text: string) => store.sealing.blindIndex('audit', text),
  };
  await store.commit(recordContact(command, acting, history));
}

async function confirmTier(code: string, tier: 'low' | 'medium' | 'high'): Promise<void> {
  const child = await childOf(store, code);
  const change = { childId: child.id, tier, confirmedOn: TODAY, confirmedBy: 'supervisor', reason: null };
  await store.commit({
    guards: [{ table: 'Child', id: child.id, rev: child.rev }],
    writes: [
      insert('TierChange', { id: newId(), ...change }),
      update('Child', child.id, { tier, rev: child.rev + 1 }),
    ],
  });
}

describe('a first import', () => {
  it('stores areas with the township, county and city they belong to', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const areas = await store.client.area.findMany({ orderBy: { code: 'asc' } });
    const places = areas.map((a) => [a.kind, a.townshipCode, a.countyCode, a.cityCode]);
    expect(places).toEqual([
      ['province', null, null, null],
      ['city', null, null, '990200'],
      ['county', null, '990201', '990200'],
      ['township', '990201001', '990201', '990200'],
      ['village', '990201001', '990201', '990200'],
      ['village', '990201001', '990201', '990200'],
    ]);
  });

  it('gives every director the villages of their row, and an account that waits for them', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const workers = await rosterStoreOf(store).workers();
    const director = workers.find((w) => w.code === 'D1');
    expect(director).toMatchObject({
      name: '丁岚',
      role: 'director',
      account: 'test.dir.1',
      state: 'active',
    });
    const terms = await store.client.assignment.findMany({ where: { workerId: director?.id ?? '' } });
    expect(terms.map((t) => [t.villageCode, t.childId, t.fromOn, t.untilOn])).toEqual([
      ['990201001001', null, TODAY, null],
    ]);
    const account = await store.client.chatAccount.findFirst({ where: { externalId: 'test.dir.1' } });
    expect(account).toMatchObject({
      channel: 'simulator',
      personKind: 'worker',
      personId: director?.id,
      language: 'zh-CN',
      digestMinutes: 480,
      quietFromMinutes: 1260,
      quietUntilMinutes: 420,
    });
  });

  it('begins a child’s duties today, with its tier and the days the table brings', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const child = await childOf(store, 'K1');
    expect(child).toMatchObject({
      name: '沈小禾',
      nickname: '阿禾',
      tier: 'low',
      tierAssumed: false,
      enteredBy: 'import',
      dutiesFrom: TODAY,
      importedLastContactOn: '2026-10-10',
      importedLastVisitOn: '2026-09-09',
      lastContactOn: '2026-10-10',
      lastVisitOn: '2026-09-09',
      boarder: false,
      rev: 1,
    });
    expect(readCadence(child.cadence).child).toMatchObject({
      registration: 'import',
      dutiesFrom: TODAY,
      tierChanges: [{ on: TODAY, tier: 'low' }],
    });
    expect(await store.client.tierChange.count({ where: { childId: child.id, confirmedBy: null } })).toBe(1);
  });

  it('finds siblings in one household and makes one person of equal name and phone', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const [one, two] = [await childOf(store, 'K1'), await childOf(store, 'K2')];
    expect(one.householdId).not.toBeNull();
    expect(one.householdId).toBe(two.householdId);
    const links = await rosterStoreOf(store).links('guardian', [one.id, two.id]);
    expect(new Set(links.map((l) => l.adultId)).size).toBe(1);
    expect(await store.client.guardian.count()).toBe(2);
    expect(await store.client.carer.count()).toBe(1);
  });

  it('never makes one person of two names that share a phone', async () => {
    const children = withCells('children', 'K2', { 监护人姓名: '李梅', 监护人关系: '母亲' });
    await importInto(store, sampleFiles({ children }), TODAY);
    const [one, two] = [await childOf(store, 'K1'), await childOf(store, 'K2')];
    const links = await rosterStoreOf(store).links('guardian', [one.id, two.id]);
    expect(new Set(links.map((l) => l.adultId)).size).toBe(2);
  });

  it('treats a blank tier as medium and says that it was assumed', async () => {
    await importInto(store, sampleFiles({ children: withCells('children', 'K1', { 风险等级: '' }) }), TODAY);
    expect(await childOf(store, 'K1')).toMatchObject({ tier: 'medium', tierAssumed: true });
  });

  it('keeps the words for a virus out of every column but the sealed one', async () => {
    const children = withCells('children', 'K3', { 困境类型: '艾滋病病毒感染', 健康状况: '艾滋病' });
    await importInto(store, sampleFiles({ children }), TODAY);
    const child = await childOf(store, 'K3');
    expect(child.sealed).toBe('["hiv"]');
    expect(JSON.stringify({ ...child, sealed: null })).not.toMatch(/艾滋|\bhiv\b/iu);
    const raw = await store.client.child.findFirst({ where: { code: 'K3' }, select: { sealed: true } });
    expect(raw?.sealed).not.toContain('"hiv"');
  });

  it('keeps personal data out of the plain columns', async () => {
    await importInto(store, sampleFiles(), TODAY);
    expect(JSON.stringify(await allRows(store))).not.toMatch(
      /沈|丁岚|999001201603080025|10000000011|上坪1号|东溪小学|广东东莞/u,
    );
  });

  it('takes a workbook as it takes a text file', async () => {
    const files = { ...sampleFiles(), children: await xlsxFile(sampleRows('children')) };
    const { checked } = await importInto(store, files, TODAY);
    expect(checked.summaries[2]?.counts).toMatchObject({ refused: 0 });
    expect(await store.client.child.count()).toBe(3);
  });

  it('stores nothing at all of a refused row', async () => {
    const children = [
      ...sampleRows('children'),
      childCells({
        儿童编号: 'K9',
        身份证号: '999001201603089999',
        住址: '无人知1号',
        监护人姓名: '何人',
        监护人手机号: '10099999999',
      }),
    ];
    const { checked } = await importInto(store, sampleFiles({ children }), TODAY);
    expect(checked.summaries[2]?.counts.refused).toBe(1);
    expect([await store.client.child.count(), await store.client.household.count()]).toEqual([3, 2]);
    expect(await store.client.guardian.count()).toBe(2);
  });

  it('keeps the care policy of the plan, once', async () => {
    await importInto(store, sampleFiles(), TODAY);
    await importInto(store, sampleFiles(), TOMORROW);
    const versions = await store.client.carePolicyVersion.findMany();
    expect(versions.map((v) => v.id)).toEqual(['fujian-plan@1']);
  });
});

describe('importing again', () => {
  beforeEach(async () => {
    await importInto(store, sampleFiles(), TODAY);
  });

  it('changes not a byte when the files are the same, even on a later day', async () => {
    const before = await allRows(store);
    const { problems } = await importInto(store, sampleFiles(), TOMORROW);
    expect(await allRows(store)).toEqual(before);
    expect(problems.filter((p) => p.code === 'person-missing')).toEqual([]);
  });

  it('changes not a byte when the same children come in another order of rows', async () => {
    const before = await allRows(store);
    const [header = [], ...rows] = sampleRows('children');
    await importInto(store, sampleFiles({ children: [header, ...rows.toReversed()] }), TODAY);
    expect(await allRows(store)).toEqual(before);
  });

  it('updates the cells that changed and leaves the other children alone', async () => {
    const [one, two] = [await childOf(store, 'K1'), await childOf(store, 'K2')];
    await importInto(
      store,
      sampleFiles({ children: withCells('children', 'K1', { 学校: '上坪小学' }) }),
      TOMORROW,
    );
    expect(await childOf(store, 'K1')).toEqual({ ...one, school: '上坪小学', rev: 2 });
    expect(await childOf(store, 'K2')).toEqual(two);
  });

  it('keeps a visit recorded since, and counts it', async () => {
    await recordVisit('K1');
    const visited = await childOf(store, 'K1');
    const changes = { 上次走访日期: '2026-10-30', 风险等级: '中' };
    await importInto(store, sampleFiles({ children: withCells('children', 'K1', changes) }), TOMORROW);
    const child = await childOf(store, 'K1');
    expect(visited.lastVisitOn).toBe(TODAY);
    expect(child).toMatchObject({ lastVisitOn: TODAY, importedLastVisitOn: '2026-10-30', dutiesFrom: TODAY });
    expect(JSON.parse(child.recent)).toMatchObject({ encounters: [{ on: TODAY, mode: 'home' }] });
    expect(await store.client.contact.count()).toBe(1);
  });

  it('moves the days of earlier contacts forward only', async () => {
    const changes = { 上次联系日期: '2026-10-01', 上次走访日期: '2026-11-01' };
    await importInto(store, sampleFiles({ children: withCells('children', 'K1', changes) }), TOMORROW);
    expect(await childOf(store, 'K1')).toMatchObject({
      importedLastContactOn: '2026-10-10',
      importedLastVisitOn: '2026-11-01',
    });
  });

  it('takes a new tier as a change of that day', async () => {
    await importInto(
      store,
      sampleFiles({ children: withCells('children', 'K1', { 风险等级: '高' }) }),
      TOMORROW,
    );
    const child = await childOf(store, 'K1');
    expect(child.tier).toBe('high');
    expect(readCadence(child.cadence).child.tierChanges).toEqual([
      { on: TODAY, tier: 'low' },
      { on: TOMORROW, tier: 'high' },
    ]);
    expect(await store.client.tierChange.count({ where: { childId: child.id } })).toBe(2);
  });

  it('lets a tier that a person confirmed stand, and says so', async () => {
    await confirmTier('K1', 'high');
    const { problems } = await importInto(store, sampleFiles(), TOMORROW);
    expect((await childOf(store, 'K1')).tier).toBe('high');
    expect(problems.filter((p) => p.code === 'tier-kept').map((p) => p.id)).toEqual(['K1']);
  });

  it('reads an empty cell as nothing said', async () => {
    const blank = {
      身份证号: '',
      小名: '',
      风险等级: '',
      监护人手机号: '',
      照护人手机号: '',
      住址: '',
      健康状况: '',
    };
    const before = await allRows(store);
    await importInto(store, sampleFiles({ children: withCells('children', 'K1', blank) }), TODAY);
    expect(await allRows(store)).toEqual(before);
  });

  it('keeps the account of a parent whose phone changed for all the children at once', async () => {
    const { id } = await childOf(store, 'K1');
    const [before] = await rosterStoreOf(store).links('guardian', [id]);
    const [header = [], ...rows] = sampleRows('children');
    const phone = header.indexOf('监护人手机号');
    const children = [
      header,
      ...rows.map((row) =>
        row.map((cell, at) => (at === phone && cell === '10000000011' ? '10000000099' : cell)),
      ),
    ];
    await importInto(store, sampleFiles({ children }), TOMORROW);
    const [after] = await rosterStoreOf(store).links('guardian', [id]);
    expect(after).toEqual(before);
    const guardian = await store.client.guardian.findUnique({ where: { id: after?.adultId ?? '' } });
    expect(guardian?.phoneIndex).toBe(store.sealing.blindIndex('phone', '10000000099'));
  });

  it('makes a second person where the phone changed for one of two siblings', async () => {
    await importInto(
      store,
      sampleFiles({ children: withCells('children', 'K1', { 监护人手机号: '10000000099' }) }),
      TODAY,
    );
    const ids = [(await childOf(store, 'K1')).id, (await childOf(store, 'K2')).id];
    const links = await rosterStoreOf(store).links('guardian', ids);
    expect(new Set(links.map((l) => l.adultId)).size).toBe(2);
    expect(links).toHaveLength(2);
  });

  it('takes the same child code in small letters for the same child', async () => {
    await importInto(
      store,
      sampleFiles({ children: withCells('children', 'K1', { 儿童编号: 'k1' }) }),
      TOMORROW,
    );
    expect(await store.client.child.count()).toBe(3);
  });

  it('corrects an identity number, and finds the child under the new one', async () => {
    const number = identityNumber('2016-03-08', 44);
    await importInto(
      store,
      sampleFiles({ children: withCells('children', 'K1', { 身份证号: number }) }),
      TOMORROW,
    );
    expect(await rosterStoreOf(store).codesByIdentityNumber([number])).toEqual(new Map([[number, 'K1']]));
  });
});

describe('importing people again', () => {
  beforeEach(async () => {
    await importInto(store, sampleFiles(), TODAY);
  });

  it('ends what a director no longer has yesterday and begins the new village today', async () => {
    const staff = withCells('staff', 'D1', { 区划代码: '990201001002' });
    await importInto(store, sampleFiles({ staff }), TOMORROW);
    const worker = await store.client.worker.findUnique({ where: { code: 'D1' } });
    const terms = await store.client.assignment.findMany({
      where: { workerId: worker?.id ?? '' },
      orderBy: { villageCode: 'asc' },
    });
    expect(terms.map((t) => [t.villageCode, t.fromOn, t.untilOn])).toEqual([
      ['990201001001', TODAY, TODAY],
      ['990201001002', TOMORROW, null],
    ]);
  });

  it('keeps a substitute somebody arranged in the service', async () => {
    const worker = await store.client.worker.findUnique({ where: { code: 'D1' } });
    const row = { workerId: worker?.id ?? '', villageCode: '990201001002', childId: null, untilOn: null };
    await store.commit({
      guards: [],
      writes: [insert('Assignment', { id: newId(), ...row, fromOn: TODAY })],
    });
    const before = await allRows(store);
    await importInto(store, sampleFiles(), TOMORROW);
    expect(await allRows(store)).toEqual(before);
  });

  it('keeps a person who is missing from the file, and names the number in the report', async () => {
    const staff = sampleRows('staff').filter((row) => row[0] !== 'D2');
    const { problems } = await importInto(store, sampleFiles({ staff }), TOMORROW);
    expect(problems.map((p) => [p.code, p.id])).toEqual([['person-missing', 'D2']]);
    expect(await store.client.worker.count()).toBe(4);
    expect(await store.client.assignment.count({ where: { untilOn: null } })).toBe(2);
  });

  it('never touches the hours a person chose', async () => {
    const account = await store.client.chatAccount.findFirst({ where: { externalId: 'test.dir.1' } });
    await store.commit({
      guards: [],
      writes: [update('ChatAccount', account?.id ?? '', { digestMinutes: 600, language: 'en' })],
    });
    await importInto(
      store,
      sampleFiles({ staff: withCells('staff', 'D1', { 手机号: '10000000077' }) }),
      TOMORROW,
    );
    const after = await store.client.chatAccount.findFirst({ where: { externalId: 'test.dir.1' } });
    expect(after).toMatchObject({ digestMinutes: 600, language: 'en', personId: account?.personId });
  });

  it('shows nobody’s work to an account that passed to somebody else', async () => {
    await importInto(
      store,
      sampleFiles({ staff: withCells('staff', 'D1', { 企业微信账号: 'new.name' }) }),
      TOMORROW,
    );
    const old = await store.client.chatAccount.findFirst({ where: { externalId: 'test.dir.1' } });
    expect(old).toMatchObject({ personId: null, linkedAt: null });
    await importInto(
      store,
      sampleFiles({
        staff: withCells('staff', 'D2', { 企业微信账号: 'test.dir.1' }).map((row) =>
          row[0] === 'D1' ? row.map((cell) => (cell === 'test.dir.1' ? 'new.name' : cell)) : row,
        ),
      }),
      TOMORROW,
    );
    const d2 = await store.client.worker.findUnique({ where: { code: 'D2' } });
    const passed = await store.client.chatAccount.findFirst({ where: { externalId: 'test.dir.1' } });
    expect(passed?.personId).toBe(d2?.id);
  });

  it('puts a supervisor of two townships on the roster of the second, beside whoever holds it', async () => {
    const areas = [...sampleRows('areas'), ['990201002', '西溪镇', '乡镇', '990201']];
    const staff = [
      ...withCells('staff', 'S1', { 区划代码: '990201001、990201002' }),
      ['S2', '沈宁', '儿童督导员', '990201002', '10000000021', 'test.sup.2'],
    ];
    await importInto(store, sampleFiles({ areas, staff }), TOMORROW);
    const entries = await store.client.dutyRosterEntry.findMany();
    const workers = new Map((await store.client.worker.findMany()).map((w) => [w.id, w.code]));
    expect(entries.map((e) => [workers.get(e.workerId), e.areaCode, e.role, e.untilOn]).toSorted()).toEqual([
      ['S1', '990201002', 'supervisor', null],
      ['S2', '990201002', 'supervisor', null],
    ]);
    await importInto(
      store,
      sampleFiles({ areas, staff: [...sampleRows('staff'), staff.at(-1) ?? []] }),
      addDays(TODAY, 3),
    );
    expect(await store.client.dutyRosterEntry.count({ where: { untilOn: null } })).toBe(0);
  });
});

describe('importing beside a running service', () => {
  it('decides anew when a visit is recorded between reading and writing', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const roster = rosterStoreOf(store);
    let raced = false;
    const racing: RosterStore = {
      ...roster,
      async commit(batch) {
        if (!raced && batch.guards.length > 0) {
          raced = true;
          await recordVisit('K1');
        }
        return roster.commit(batch);
      },
    };
    const children = withCells('children', 'K1', { 风险等级: '高', 学校: '上坪小学' });
    await importInto(store, sampleFiles({ children }), TOMORROW, racing);
    const child = await childOf(store, 'K1');
    expect(raced).toBe(true);
    expect(child).toMatchObject({ tier: 'high', school: '上坪小学', lastVisitOn: TODAY, rev: 3 });
    expect(JSON.parse(child.recent)).toMatchObject({ encounters: [{ on: TODAY }] });
    expect(await store.client.tierChange.count({ where: { childId: child.id } })).toBe(2);
  });

  it('stops with a conflict rather than overwrite, where the service never lets go', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const stubborn: RosterStore = {
      ...rosterStoreOf(store),
      commit: (batch) => Promise.resolve(batch.guards.length === 0),
    };
    const children = withCells('children', 'K1', { 学校: '上坪小学' });
    await expect(importInto(store, sampleFiles({ children }), TOMORROW, stubborn)).rejects.toThrow(
      ImportConflict,
    );
    expect((await childOf(store, 'K1')).school).toBe('东溪小学');
  });

  it('does not write a number the check has refused, even when its holder gives it up in the same file', async () => {
    await importInto(store, sampleFiles(), TODAY);
    const [header = [], ...rows] = withCells('children', 'K1', {
      身份证号: identityNumber('2016-03-08', 44),
    });
    const filler = Array.from({ length: 500 }, (_, n) =>
      childCells({
        儿童编号: `F${n}`,
        姓名: `王小${'天地玄黄宇宙洪荒日月'[n % 10] ?? ''}`,
        身份证号: '',
        小名: '',
      }),
    );
    const heir = childCells({ 儿童编号: 'K9' });
    const { problems } = await importInto(
      store,
      sampleFiles({ children: [header, ...rows, ...filler, heir] }),
      day('2026-11-24'),
    );
    expect(problems.filter((p) => p.id === 'K9').map((p) => p.code)).toEqual(['identity-known']);
    expect(await store.client.child.count({ where: { code: 'K9' } })).toBe(0);
    expect(await store.client.child.count()).toBe(503);
  });
});
