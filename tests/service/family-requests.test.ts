import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insert } from '../../server/services/batch.ts';
import { Phone, type PhoneMessage } from '../support/phone.ts';
import {
  CARER,
  childId,
  GUARDIAN,
  startSmallCounty,
  workerId,
  WORKERS,
  type SmallCounty,
} from '../support/small-county.ts';
import { HandClock } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Monday 23 November 2026, eleven at night in Shanghai. */
const NIGHT = '2026-11-23T15:00:00.000Z';
const MINUTE_MS = 60_000;
const HOURS = 60;

let county: SmallCounty;
beforeEach(async () => {
  county = await startSmallCounty(new HandClock(NIGHT));
  await county.service.beat();
});
afterEach(() => county.stop());

const phone = (account: string): Phone => new Phone(county, account);
const father = (): Phone => phone(`guardian:${GUARDIAN.id}`);
const client = () => county.service.world.store.client;

async function walk(minutes: number): Promise<void> {
  await county.service.rhythm.walkTo(new Date(Date.parse(NIGHT) + minutes * MINUTE_MS));
}

/** The minutes after eleven at which this worker was asked. */
async function asked(worker: { readonly account: string }): Promise<number[]> {
  const isAsked = ({ text }: PhoneMessage): boolean => text.includes('请看“家里人”');
  const messages = (await phone(worker.account).received()).filter(isAsked);
  return messages.map(({ at }) => (Date.parse(at) - Date.parse(NIGHT)) / MINUTE_MS);
}

/** Seven in the morning, the end of everybody's quiet hours, and eight, the morning's own hour. */
const SEVEN = 8 * HOURS;
const EIGHT = 9 * HOURS;

describe('what a family asks at night', () => {
  it('waits for the morning, and several of one home are one question from then on', async () => {
    await father().say('我要去广东打工，明天走');
    await father().press('王阿妹');
    await father().say('我电话换成10000000033');
    await walk(10 * HOURS);
    const mornings = await asked(WORKERS.zheng);
    expect(mornings.every((minutes) => minutes >= SEVEN)).toBe(true);
    expect(mornings.filter((minutes) => minutes === EIGHT)).toHaveLength(1);
  });

  it('is told at once where it began with 求助', async () => {
    await father().say('求助');
    await father().press('找儿童主任');
    await walk(3 * HOURS);
    expect(await asked(WORKERS.zheng)).toEqual([0, 2 * HOURS]);
    expect(await asked(WORKERS.zhou)).toEqual([2 * HOURS]);
  });

  it('is asked about by minutes where a child may have written, and no more once somebody has answered', async () => {
    await father().say('我是小明，奶奶不在家我怕');
    await walk(15);
    expect(await asked(WORKERS.zheng)).toEqual([0, 10]);
    expect(await asked(WORKERS.zhou)).toEqual([10]);
    await phone(WORKERS.zhou.account).say('家里人');
    await phone(WORKERS.zhou.account).press(`打过了 ${GUARDIAN.name}`);
    await phone(WORKERS.zhou.account).say('奶奶回来了');
    await walk(24 * HOURS);
    expect(await asked(WORKERS.zheng)).toEqual([0, 10]);
    expect(await asked(WORKERS.zhou)).toEqual([10]);
  });

  it('reaches the county desk where nobody knows whose phone it is', async () => {
    await phone(`carer:${CARER.id}`).say('我今年10岁，我想妈妈');
    await walk(1);
    expect(await asked(WORKERS.xu)).toEqual([0]);
    expect(await asked(WORKERS.zheng)).toEqual([]);
  });
});

describe('whom a family keeps from its report', () => {
  it('is asked nothing of this family either, and reads nothing', async () => {
    await father().say('紧急 孩子被打');
    const report = await client().mandatoryReport.findFirstOrThrow();
    await county.service.world.commit({
      guards: [],
      writes: [
        insert('ReportExclusion', {
          id: '00000009-0000-7000-8000-00000000ffff',
          reportId: report.id,
          workerId: workerId('zheng'),
          at: NIGHT,
          why: 'asked',
        }),
      ],
    });
    await father().say('说完了');
    await father().say('找儿童主任');
    await walk(1);
    expect(await asked(WORKERS.zheng)).toEqual([]);
    expect(await asked(WORKERS.zhou)).toEqual([0]);
    expect((await phone(WORKERS.zheng.account).say('家里人')).at(-1)?.text).toContain('现在没有家里人找您');
  });
});

describe('a new telephone number', () => {
  it('has the keys under which the import finds its person', async () => {
    await father().say('我电话换成10000000033');
    await walk(SEVEN);
    expect((await client().guardian.findFirstOrThrow()).phoneIndex).not.toBe(indexOf('phone', '10000000033'));
    await phone(WORKERS.zheng.account).say('家里人');
    await phone(WORKERS.zheng.account).press(`改 ${GUARDIAN.name}`);
    const guardian = await client().guardian.findFirstOrThrow();
    expect(guardian.phoneIndex).toBe(indexOf('phone', '10000000033'));
    expect(guardian.mergeIndex).toBe(indexOf('guardian', `990301000000\n${GUARDIAN.name}\n10000000033`));
  });

  it('is heard of by whoever told it, after the night, and not on a phone that nobody may write to any more', async () => {
    await father().say('我电话换成10000000033');
    await walk(1);
    await phone(WORKERS.zheng.account).say('家里人');
    await phone(WORKERS.zheng.account).press(`改 ${GUARDIAN.name}`);
    const isDone = ({ text }: PhoneMessage): boolean => text.includes('电话改好了');
    expect((await father().received()).filter(isDone)).toEqual([]);
    await walk(SEVEN + 1);
    expect((await father().received()).filter(isDone)).toHaveLength(1);
    await father().say('我电话换成10000000034');
    await walk(SEVEN + 2);
    await phone(WORKERS.zheng.account).say('家里人');
    await markFather();
    await phone(WORKERS.zheng.account).press(`改 ${GUARDIAN.name}`);
    await walk(SEVEN + 3);
    expect((await father().received()).filter(isDone)).toHaveLength(1);
  });
});

describe('a home with a shared phone', () => {
  it('is told nothing of any child once nobody may contact one of its adults', async () => {
    await markFather();
    expect((await father().say('我的儿童主任是谁')).at(-1)?.text).not.toContain(WORKERS.zheng.name);
    expect((await father().say('求助')).at(-1)?.text).toContain('会有人跟您联系');
  });
});

/** 不得联系 of the father, from the county desk with its paper. */
async function markFather(): Promise<void> {
  await county.service.world.commit({
    guards: [],
    writes: [
      insert('NoContact', {
        id: '00000009-0000-7000-8000-00000000fffe',
        personKind: 'guardian',
        personId: GUARDIAN.id,
        childId: childId('李小明'),
        reason: 'protection-order',
        source: null,
        fromOn: '2026-11-01',
        setBy: workerId('zhou'),
        setAt: NIGHT,
        liftedBy: null,
        liftedAt: null,
        liftedWhy: null,
      }),
    ],
  });
}

function indexOf(purpose: string, text: string): string {
  return county.service.world.store.sealing.blindIndex(purpose, text);
}
