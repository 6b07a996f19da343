import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Phone, type PhoneMessage } from '../support/phone.ts';
import { wavTone } from '../support/sample-files.ts';
import { GUARDIAN, startSmallCounty, WORKERS, type SmallCounty } from '../support/small-county.ts';
import { HandClock } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Monday 23 November 2026, ten in the morning in Shanghai. */
const MORNING = '2026-11-23T02:00:00.000Z';
const MINUTE_MS = 60_000;
const HOURS = 60;
const DAYS = 24 * HOURS;
const VOICE = { voice: { mime: 'audio/wav', base64: wavTone().toString('base64') } };

let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty(new HandClock(MORNING));
  await county.service.beat();
});
afterEach(() => county.stop());

const phone = (account: string): Phone => new Phone(county, account);
const father = (): Phone => phone(`guardian:${GUARDIAN.id}`);

/** Walks to so many minutes after ten in the morning. */
async function walk(minutes: number): Promise<void> {
  await county.service.rhythm.walkTo(new Date(Date.parse(MORNING) + minutes * MINUTE_MS));
}

/** The minutes after ten at which somebody was asked to listen. */
async function asked(worker: { readonly account: string }): Promise<number[]> {
  const isAsked = ({ text }: PhoneMessage): boolean => text.includes('有家里人发来语音');
  const messages = (await phone(worker.account).received()).filter(isAsked);
  return messages.map(({ at }) => (Date.parse(at) - Date.parse(MORNING)) / MINUTE_MS);
}

async function sentFile(): Promise<string> {
  const { fileId } = await county.service.world.store.client.listening.findFirstOrThrow();
  return fileId;
}

/** Eight o'clock of the n-th morning after, in minutes after ten. */
const eightOf = (n: number): number => n * DAYS - 2 * HOURS;

describe('what a family sent', () => {
  it('climbs until somebody listens: the director, the supervisor, the deputy, the desk, then every morning', async () => {
    await father().send(VOICE);
    await walk(3 * DAYS);
    const mornings = [eightOf(1), eightOf(2), eightOf(3)];
    expect(await asked(WORKERS.zheng)).toEqual([0, 2 * HOURS, 4 * HOURS, ...mornings]);
    expect(await asked(WORKERS.zhou)).toEqual([2 * HOURS, 4 * HOURS, ...mornings]);
    expect(await asked(WORKERS.jiang)).toEqual([4 * HOURS, ...mornings]);
    expect(await asked(WORKERS.xu)).toEqual([eightOf(2), eightOf(3)]);
  });

  it('is still asked about after thirty days, and never again once somebody has listened', async () => {
    await father().send(VOICE);
    await walk(30 * DAYS);
    expect((await asked(WORKERS.zhou)).at(-1)).toBe(eightOf(30));
    expect((await phone(WORKERS.zhou.account).fetchFile(await sentFile())).status).toBe(200);
    await walk(33 * DAYS);
    expect((await asked(WORKERS.zhou)).at(-1)).toBe(eightOf(30));
  });

  it('lies open to the desk once the desk is asked, and not before', async () => {
    await father().send(VOICE);
    await walk(4 * HOURS);
    const desk = phone(WORKERS.xu.account);
    expect((await desk.fetchFile(await sentFile())).status).toBe(404);
    await walk(eightOf(2));
    expect((await desk.say('听')).map((m) => m.text).join('\n')).toContain('李建国');
    expect((await desk.fetchFile(await sentFile())).status).toBe(200);
  });

  it('in the evening wakes nobody: whoever sleeps reads of it in the morning, once', async () => {
    await walk(13.5 * HOURS); // half past eleven in the evening
    await father().send(VOICE);
    await walk(eightOf(1) + 5);
    const evening = 13.5 * HOURS;
    for (const worker of [WORKERS.zheng, WORKERS.zhou, WORKERS.jiang]) {
      const times = await asked(worker);
      expect(times.filter((at) => at >= evening && at < eightOf(1) - HOURS)).toEqual([]);
      expect(times.length).toBeLessThanOrEqual(2);
    }
    expect(await asked(WORKERS.zhou)).toEqual([eightOf(1)]);
  });

  it('after 求助 climbs by minutes, at night too', async () => {
    const start = 13.5 * HOURS;
    await walk(start);
    await father().say('求助 孩子不见了');
    await father().press('只有我看');
    await father().press('说完了');
    await father().send(VOICE);
    await walk(start + 30);
    expect(await asked(WORKERS.zheng)).toEqual([0, 10, 20, 30].map((n) => start + n));
    expect(await asked(WORKERS.zhou)).toEqual([10, 20, 30].map((n) => start + n));
    expect(await asked(WORKERS.xu)).toEqual([start + 30]);
  });

  it('after 求助 is kept from whoever the report is kept from', async () => {
    await father().say('求助 别告诉周明远');
    await father().press('只有我看');
    await father().press('说完了');
    await father().send(VOICE);
    await walk(3 * HOURS);
    expect(await asked(WORKERS.zhou)).toEqual([]);
    expect(await asked(WORKERS.jiang)).not.toEqual([]);
    const kept = phone(WORKERS.zhou.account);
    expect((await kept.say('听')).map((m) => m.text).join('\n')).not.toContain('李建国');
    expect((await kept.fetchFile(await sentFile())).status).toBe(404);
  });
});
