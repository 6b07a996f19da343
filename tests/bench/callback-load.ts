import { newStamp, messageRequest } from '../support/wecom/envelope.ts';
import { Chance } from '../support/wecom/chance.ts';
import { StandingClock } from '../support/wecom/clock.ts';
import { xmlOf } from '../support/wecom/xml.ts';
import { CALLBACK_SEAL } from '../support/wecom-tenant.ts';
import { Caller } from './caller.ts';
import { answer, serve } from './programs.ts';
import { directorAccount } from './province.ts';

/**
 * A program of the bench: what many people say at once, as WeCom brings it (`wecom`), or the same words as a body of JSON
 * (`bare`). Everything is sealed before the time begins. Every word it is sent is a day more.
 */
const [url = '', script = '', people = '0', at = ''] = process.argv.slice(2);

const MESSAGES = 6;
const WORDS = '今天去看了小明，奶奶在，作业没写完';

interface Sealed {
  readonly query: string;
  readonly body: string;
  readonly type: string;
}

const random = new Chance(7);
const clock = new StandingClock(at);
let said = 4_561_255_354_251_345_929n;
serve((word) => (word === 'stop' ? {} : day()));
answer({});

async function day() {
  const all = Array.from({ length: Number(people) }, (_, person) =>
    Array.from({ length: MESSAGES }, () => (script === 'wecom' ? sealed(person) : bare(person))),
  );
  const caller = new Caller(url, Number(people));
  const [waits, wrong]: [number[], string[]] = [[], []];
  const start = performance.now();
  await Promise.all(
    all.map(async (own) => {
      for (const { query, body, type } of own) {
        const begun = performance.now();
        const { status } = await caller.post(body, type, query);
        waits.push(performance.now() - begun);
        if (status !== 200) wrong.push(String(status));
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  caller.close();
  return { waits, seconds, wrong: wrong.length, sample: wrong.slice(0, 3) };
}

function sealed(person: number): Sealed {
  said += 1n;
  const xml = xmlOf([
    ['ToUserName', CALLBACK_SEAL.corpId],
    ['FromUserName', directorAccount(person)],
    ['CreateTime', Math.floor(clock.now().getTime() / 1000)],
    ['MsgType', 'text'],
    ['Content', WORDS],
    ['MsgId', said],
    ['AgentID', 1_000_002],
  ]);
  const { query, body } = messageRequest(CALLBACK_SEAL, newStamp(random, clock), xml, 1_000_002);
  return { query: `?${query}`, body: body ?? '', type: 'text/xml' };
}

function bare(person: number): Sealed {
  const body = JSON.stringify({ account: directorAccount(person), text: WORDS });
  return { query: '', body, type: 'application/json' };
}
