import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Phone } from '../support/phone.ts';
import { OF_REPORTS, pressesEverything, readable, saysEverything } from '../support/probes.ts';
import { startReportCounty, type Around } from '../support/report-county.ts';
import { endedWell, MARKS, NUMBER, phoneOf, reports, toldPolice, walkTo } from '../support/report-course.ts';
import { WORKERS, workerId, type SmallCounty } from '../support/small-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const REPORTER: Around = 'the reporting director';
const SUPERVISOR: Around = 'the supervisor';
const NOT_YOURS = '没有这个编号，或者没有发给您。';

const open: SmallCounty[] = [];
async function start(): Promise<SmallCounty> {
  const county = await startReportCounty();
  open.push(county);
  await walkTo(county, '11-23 09:00');
  return county;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((county) => county.stop()));
});

/** What was said to this phone since there were so many messages on it. */
async function since(phone: Phone, before: number): Promise<string[]> {
  return (await phone.received()).slice(before).map(readable);
}

const marksIn = (texts: readonly string[]): string[] =>
  [NUMBER, ...Object.values(MARKS)].filter((mark) => texts.some((text) => text.includes(mark)));

async function keepsOut(county: SmallCounty, name: string = WORKERS.zhou.name): Promise<void> {
  await phoneOf(county, REPORTER).say(`别告诉${name}`);
}

/** What tells of reports, and what a supervisor looks at every day. */
const TELLING: ReadonlySet<string> = new Set([...OF_REPORTS, 'todo', 'overdue', 'ledger', 'card', 'history']);
/** Whom the ladder never reaches where the supervisor is kept from it: the county desk begins. */
const KEPT = [SUPERVISOR, 'the deputy'] as const;

describe('the supervisor whom the first words keep from it', () => {
  it('and the deputy, whom the ladder passes over, read to the letter what they would read without it', async () => {
    const [told, quiet] = [await start(), await start()];
    await reports(told, `紧急 ${MARKS.story}，别告诉${WORKERS.zhou.name}`);
    await phoneOf(quiet, REPORTER).say('菜单');
    await walkTo(told, '11-23 09:25');
    const desk = phoneOf(told, 'the county desk');
    await desk.say('收到');
    await toldPolice(desk);
    const { client } = told.service.world.store;
    const reportId = (await client.mandatoryReport.findFirstOrThrow()).id;
    const file = await client.storedFile.findFirstOrThrow();
    const read = async (county: SmallCounty) => {
      await walkTo(county, '11-23 10:30');
      const texts: unknown[] = await Promise.all(
        KEPT.map(async (who) => {
          const phone = phoneOf(county, who);
          const words = await saysEverything(phone, TELLING);
          const said = [...words, ...(await pressesEverything(phone, reportId, OF_REPORTS))];
          return [said, (await phone.fetchFile(file.id)).status];
        }),
      );
      await walkTo(county, '11-25 12:00');
      for (const who of KEPT) texts.push((await phoneOf(county, who).received()).map(readable));
      return texts;
    };
    const [inTold, inQuiet] = await Promise.all([read(told), read(quiet)]);
    expect(inTold).toEqual(inQuiet);
    expect(marksIn((await desk.say('查看')).map(readable))).toContain(MARKS.story);
  });
});

describe('the supervisor who had taken it when the reporter kept them from it', () => {
  it('reads nothing of it from that moment: no word, no button, no file, nothing half written, nothing later', async () => {
    const county = await start();
    await phoneOf(county, REPORTER).say(`紧急 ${MARKS.story}`);
    const supervisor = phoneOf(county, SUPERVISOR);
    await supervisor.say('收到');
    await supervisor.say('查看');
    await supervisor.press('记进展');
    await supervisor.press('派出所');
    await keepsOut(county);
    const before = (await supervisor.received()).length;
    await supervisor.say(`九点半报的，${MARKS.station}接的`);
    const { client } = county.service.world.store;
    const report = await client.mandatoryReport.findFirstOrThrow();
    await saysEverything(supervisor, OF_REPORTS);
    await pressesEverything(supervisor, report.id, OF_REPORTS);
    await walkTo(county, '11-24 12:00');
    expect(marksIn(await since(supervisor, before))).toEqual([]);
    expect(report).toMatchObject({ state: 'open', acknowledgedBy: null });
    expect(await client.reportEntry.count({ where: { kind: { in: ['step', 'place'] } } })).toBe(0);
    expect((await supervisor.say(`查看 ${NUMBER}`)).map(readable)).toEqual([NOT_YOURS]);
  });

  it('gets nothing of it that still waited to be sent: no page, no name of who took it, no story', async () => {
    const county = await start();
    await phoneOf(county, REPORTER).say(`紧急 ${MARKS.story}`);
    await walkTo(county, '11-23 09:11');
    await phoneOf(county, SUPERVISOR).say('查看');
    await phoneOf(county, 'the deputy').say('收到');
    const { store } = county.service.world;
    const rows = (await store.client.outbox.findMany({ where: { sessionKey: workerId('zhou') } })).filter(
      ({ refs, key }) => refs.includes('reportId') || key.startsWith('turn:'),
    );
    expect(rows.map(({ key }) => key.split(':')[0]).sort()).toEqual(['ack', 'page', 'page', 'turn']);
    await store.commit({
      guards: [],
      writes: rows.map(({ id }) => ({ op: 'update', table: 'Outbox', id, set: { state: 'queued' } })),
    });
    const supervisor = phoneOf(county, SUPERVISOR);
    const before = (await supervisor.received()).length;
    await keepsOut(county);
    await county.service.beat();
    expect(await since(supervisor, before)).toEqual([]);
    const left = await store.client.outbox.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['dropped']));
  });

  it('does not have the last word: what they ended is open again, at the county desk, and says so', async () => {
    const county = await start();
    await phoneOf(county, REPORTER).say('紧急');
    const supervisor = phoneOf(county, SUPERVISOR);
    await supervisor.say('收到');
    await supervisor.say(`误报 ${NUMBER}`);
    await supervisor.say(MARKS.falseAlarm);
    await supervisor.press('以后再告诉');
    const { client } = county.service.world.store;
    expect(await client.mandatoryReport.findFirst()).toMatchObject({
      state: 'resolved',
      endedAs: 'false-alarm',
    });
    await keepsOut(county);
    expect(await client.mandatoryReport.findFirst()).toMatchObject({
      state: 'open',
      endedAs: null,
      endedBy: null,
    });
    const desk = phoneOf(county, 'the county desk');
    expect((await desk.received()).map(readable).join()).toContain(`${NUMBER}还没人收到`);
    expect((await desk.say(`查看 ${NUMBER}`)).map(readable).join()).toContain('还没有人收到');
    const before = (await supervisor.received()).length;
    await walkTo(county, '11-25 12:00');
    expect(marksIn(await since(supervisor, before))).toEqual([]);
  });
});

describe('a family that reports', () => {
  const FAMILY = [
    'the mother of the child',
    'the carer of the child',
    'the guardian of another child',
  ] as const;
  const VILLAGE = [
    REPORTER,
    'another director of the same village',
    'a director of another village',
  ] as const;

  it('reads its number, who took it and what came of it, where it alone reads the phone; the rest of the family reads nothing', async () => {
    const [told, quiet] = [await start(), await start()];
    const father = phoneOf(told, 'the father of the child');
    await father.say('求助');
    await father.press('孩子有危险');
    await father.press('只有我看');
    await father.say(MARKS.story);
    await father.say('说完了');
    const supervisor = phoneOf(told, SUPERVISOR);
    await supervisor.say('收到');
    await toldPolice(supervisor);
    await endedWell(supervisor);
    await supervisor.say(`回复报告人 ${NUMBER}`);
    await supervisor.say(`${MARKS.reply}，谢谢您`);
    const texts = (await father.received()).map(readable);
    expect(marksIn(texts)).toEqual([NUMBER, MARKS.reply]);
    expect(texts.join()).toContain(`${WORKERS.zhou.name}已收到`);
    const read = async (county: SmallCounty): Promise<unknown[]> => {
      await walkTo(county, '11-23 10:00');
      return Promise.all(
        [...FAMILY, ...VILLAGE].map(async (who) => {
          await saysEverything(phoneOf(county, who), TELLING);
          return (await phoneOf(county, who).received()).map(readable);
        }),
      );
    };
    const [inTold, inQuiet] = await Promise.all([read(told), read(quiet)]);
    expect(inTold).toEqual(inQuiet);
  });

  it('reads no number and nothing later where others read the phone too', async () => {
    const county = await start();
    const father = phoneOf(county, 'the father of the child');
    await father.say('求助');
    await father.press('孩子有危险');
    await father.press('别人也看');
    await father.say(MARKS.story);
    await father.say('说完了');
    const supervisor = phoneOf(county, SUPERVISOR);
    await supervisor.say('收到');
    const before = (await father.received()).length;
    await toldPolice(supervisor);
    await endedWell(supervisor);
    await supervisor.say(`回复报告人 ${NUMBER}`);
    await supervisor.say(`${MARKS.reply}，谢谢您`);
    await walkTo(county, '11-25 12:00');
    expect(marksIn((await father.received()).map(readable))).toEqual([]);
    expect(await since(father, before)).toEqual([]);
  });
});

describe('a false alarm', () => {
  it('stays visible with its reason to those who were told, and its reason to nobody else', async () => {
    const county = await start();
    await phoneOf(county, REPORTER).say('紧急');
    await walkTo(county, '11-23 09:11');
    const supervisor = phoneOf(county, SUPERVISOR);
    await supervisor.say('收到');
    await supervisor.say(`误报 ${NUMBER}`);
    await supervisor.say(MARKS.falseAlarm);
    await supervisor.say(MARKS.reply);
    for (const who of [SUPERVISOR, 'the deputy'] as const)
      expect((await phoneOf(county, who).say(`查看 ${NUMBER}`)).map(readable).join()).toContain(
        MARKS.falseAlarm,
      );
    for (const who of [REPORTER, 'the county desk', 'the county leader'] as const)
      expect((await phoneOf(county, who).received()).map(readable).join()).not.toContain(MARKS.falseAlarm);
    expect((await phoneOf(county, REPORTER).received()).at(-1)?.text).toContain(MARKS.reply);
  });
});
