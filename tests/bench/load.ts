import { Agent, request } from 'node:http';
import { answer } from './programs.ts';
import { childName, directorAccount } from './province.ts';

/**
 * A program of the bench: many people at once, each of whom says the next thing when the answer to the last one is
 * there. `script` is `day` (a director's words) or `bare` (the same bodies, whatever comes back). The first round warms
 * both sides up and is not counted.
 */
const [url = '', script = '', people = '0', villages = '0', rounds = '0'] = process.argv.slice(2);

/** What is said, and what the answer must hold. */
interface Line {
  readonly text: string;
  readonly expects: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number(people) });
const waits: number[] = [];
const wrong: string[] = [];

await round(0);
waits.length = 0;
const start = performance.now();
await everybody(async (person) => {
  for (let n = 1; n <= Number(rounds); n += 1) await day(person, n);
});
const seconds = (performance.now() - start) / 1000;
agent.destroy();
waits.sort((a, b) => a - b);
answer({
  turns: waits.length,
  seconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  wrong: wrong.length,
  sample: wrong.slice(0, 3),
});

async function round(n: number): Promise<void> {
  await everybody((person) => day(person, n));
}

async function everybody(work: (person: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: Number(people) }, (_, person) => work(person)));
}

/** A contact in one sentence, a visit in three messages, the list, the menu. */
async function day(person: number, n: number): Promise<void> {
  const [called, visited] = [0, 1].map((k) => childName(person + Number(villages) * ((2 * n + k) % 5)));
  const lines: readonly Line[] = [
    { text: `联系了${called ?? ''} 电话 一切都好`, expects: '已保存' },
    { text: `今天去看了${visited ?? ''}，奶奶在，作业没写完`, expects: '见到' },
    { text: '见到了', expects: '请看看对不对' },
    { text: '未发现异常', expects: '已保存' },
    { text: '待办', expects: '' },
    { text: '菜单', expects: '今天做什么' },
  ];
  for (const line of lines) await say(directorAccount(person), line);
}

async function say(account: string, { text, expects }: Line): Promise<void> {
  const start = performance.now();
  const answered = await post(JSON.stringify({ account, text }));
  waits.push(performance.now() - start);
  if (answered.status !== 200 || (script === 'day' && !answered.body.includes(expects)))
    wrong.push(`${text} → ${String(answered.status)} ${answered.body.slice(0, 200)}`);
}

function post(body: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

function at(share: number): number {
  return waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
}
