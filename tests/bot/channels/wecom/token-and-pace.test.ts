import { describe, expect, it } from 'vitest';
import { AccessToken, type Token } from '../../../../bot/channels/wecom/access-token.ts';
import { WecomApi } from '../../../../bot/channels/wecom/api.ts';
import type { Answer } from '../../../../bot/channels/wecom/reaction.ts';
import { Pace } from '../../../../bot/channels/wecom/pace.ts';

const MINUTE = 60_000;
const WRONG_SECRET: Answer = { reaction: 'settings', code: 40_001, body: { errcode: 40_001 } };

function tokens() {
  const world = { nowMs: 0, asked: 0, refuse: false };
  const fetch = (): Promise<Token | { refused: Answer }> => {
    world.asked += 1;
    return Promise.resolve(
      world.refuse ? { refused: WRONG_SECRET } : { value: `t${String(world.asked)}`, lifeMs: 7_200_000 },
    );
  };
  return { world, token: new AccessToken(fetch, () => new Date(world.nowMs)) };
}

describe('the access token', () => {
  it('is fetched once for two hundred who ask at the same time', async () => {
    const { world, token } = tokens();
    const got = await Promise.all(Array.from({ length: 200 }, () => token.get()));
    expect(new Set(got.map((g) => ('value' in g ? g.value : ''))).size).toBe(1);
    expect(world.asked).toBe(1);
  });

  it('is replaced at four fifths of its life', async () => {
    const { world, token } = tokens();
    await token.get();
    world.nowMs = 95 * MINUTE;
    expect(await token.get()).toEqual({ value: 't1' });
    world.nowMs = 96 * MINUTE;
    expect(await token.get()).toEqual({ value: 't2' });
  });

  it('that was refused late does not throw away the one fetched since', async () => {
    const { world, token } = tokens();
    await token.get();
    token.forget('t1');
    expect(await token.get()).toEqual({ value: 't2' });
    token.forget('t1');
    expect(await token.get()).toEqual({ value: 't2' });
    expect(world.asked).toBe(2);
  });

  it('with a wrong secret is asked for less and less often, and comes back when the secret is right', async () => {
    const { world, token } = tokens();
    world.refuse = true;
    for (world.nowMs = 0; world.nowMs < 60 * MINUTE; world.nowMs += 1_000) await token.get();
    expect(world.asked).toBeLessThan(15);
    world.refuse = false;
    world.nowMs += 10 * MINUTE;
    expect(await token.get()).toHaveProperty('value');
  });
});

describe('asking whether WeCom lets us in', () => {
  it('keeps still while WeCom turns calls away, and finds out once a minute', async () => {
    const world = { nowMs: 0, asked: 0, code: 40_001 };
    const api = new WecomApi(
      { apiBase: 'https://wecom.example', corpId: 'c', agentId: 1, agentSecret: 's' },
      {
        now: () => new Date(world.nowMs),
        bell: { begins: () => undefined, ends: () => undefined },
        fetch: () => {
          world.asked += 1;
          const token = { errcode: world.code, access_token: 't', expires_in: 7_200 };
          return Promise.resolve(new Response(JSON.stringify(token)));
        },
      },
    );
    for (let n = 0; n < 50; n += 1) expect((await api.signIn()).code).toBe(40_001);
    expect(world.asked).toBe(1);
    world.code = 0;
    world.nowMs += 59_000;
    expect((await api.signIn()).reaction).toBe('settings');
    world.nowMs += 1_000;
    expect((await api.signIn()).reaction).toBe('done');
    expect(world.asked).toBe(2);
  });
});

describe('the pace for one member', () => {
  it('never reaches what WeCom drops, however much is waiting, and keeps room for what is urgent', () => {
    const pace = new Pace();
    const sent: number[] = [];
    for (let nowMs = 0; nowMs < 90 * MINUTE; nowMs += 500) {
      if (pace.take('sup.001', 1, false, nowMs) === 0) sent.push(nowMs);
      if (nowMs % MINUTE < 3_000 && pace.take('sup.001', 1, true, nowMs) === 0) sent.push(nowMs);
    }
    const most = (windowMs: number) =>
      Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + windowMs).length));
    expect(most(MINUTE)).toBeLessThanOrEqual(30);
    expect(most(60 * MINUTE)).toBeLessThan(1_000);
    expect(sent.length).toBeGreaterThan(1_000);
  });

  it('says when there is room again', () => {
    const pace = new Pace();
    for (let n = 0; n < 20; n += 1) expect(pace.take('dir.00001', 1, false, n * 1_000)).toBe(0);
    expect(pace.take('dir.00001', 1, false, 30_000)).toBe(30_000);
    expect(pace.take('dir.00001', 1, true, 30_000)).toBe(0);
    expect(pace.take('dir.00002', 1, false, 30_000)).toBe(0);
    expect(pace.take('dir.00001', 1, false, 61_000)).toBe(0);
  });
});
