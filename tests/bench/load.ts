import { Caller } from './caller.ts';
import { answer, serve } from './programs.ts';
import { childName, directorAccount } from './province.ts';

/**
 * A program of the bench: many people at once, each of whom says the next thing when the answer to the last one is
 * there. `script` is `day` (a director's words) or `bare` (the same bodies, whatever comes back). Every word it is sent
 * is a day more.
 */
const [url = '', script = '', people = '0', villages = '0'] = process.argv.slice(2);

/** What is said, and what the answer must hold. */
interface Line {
  readonly text: string;
  readonly expects: string;
}

let caller = new Caller(url, Number(people));
let days = 0;
let waits: number[] = [];
let wrong: string[] = [];
serve((word) => (word === 'stop' ? {} : everybody()));
answer({});

async function everybody() {
  [waits, wrong] = [[], []];
  caller = new Caller(url, Number(people));
  const start = performance.now();
  await Promise.all(Array.from({ length: Number(people) }, (_, person) => day(person, days)));
  const seconds = (performance.now() - start) / 1000;
  days += 1;
  caller.close();
  return { waits, seconds, wrong: wrong.length, sample: wrong.slice(0, 3) };
}

/** The day of the talk is the 20th of November; a record told again for the same day would be asked about. */
const TALK_DAY = 20;

/** A contact in one sentence, a visit in three messages, the list, the menu; each time of a day before. */
async function day(person: number, n: number): Promise<void> {
  const [called, visited] = [0, 1].map((k) => childName(person + Number(villages) * ((2 * n + k) % 5)));
  const back = n < 4 ? n : n + 1; // on the 16th the province has visits of its own
  const on = `11月${String(TALK_DAY - back)}日`;
  const lines: readonly Line[] = [
    { text: `${on}联系了${called ?? ''} 电话 一切都好`, expects: '已保存' },
    { text: `${on}去看了${visited ?? ''}，奶奶在，作业没写完`, expects: '见到' },
    { text: '见到了', expects: '请看看对不对' },
    { text: '未发现异常', expects: '已保存' },
    { text: '待办', expects: '' },
    { text: '菜单', expects: '今天做什么' },
  ];
  for (const line of lines) await say(directorAccount(person), line);
}

async function say(account: string, { text, expects }: Line): Promise<void> {
  const start = performance.now();
  const answered = await caller.post(JSON.stringify({ account, text }), 'application/json');
  waits.push(performance.now() - start);
  if (answered.status !== 200 || (script === 'day' && !answered.body.includes(expects)))
    wrong.push(`${text} → ${String(answered.status)} ${answered.body.slice(0, 200)}`);
}
