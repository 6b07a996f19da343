import { moveClock, Phone } from './phone.ts';
import { AROUND, type Around } from './report-county.ts';
import { amrVoice } from './sample-files.ts';
import type { SmallCounty } from './small-county.ts';

/** The number a first report of the year gets. */
export const NUMBER = 'R-2026-000001';
/** And the next one, whose story goes into the first. */
export const JOINED = 'R-2026-000002';

/** Words that stand nowhere else, one for each thing a report holds. */
export const MARKS = {
  story: '故事甲甲甲',
  joined: '续话壬壬壬',
  child: '姓名乙乙',
  place: '地点丙丙',
  kind: '被逼讨钱、干活',
  station: '丁丁派出所',
  policeNumber: 'FJ戊戊2026',
  outcome: '结果己己',
  reply: '告知庚庚',
  falseAlarm: '缘由辛辛',
} as const;

/** What the reporter answers to whatever is asked; the first that fits. */
const ANSWERS: readonly (readonly [asks: string, does: (phone: Phone) => Promise<unknown>])[] = [
  ['发生了什么', (phone) => phone.say(MARKS.story)],
  ['有危险吗', (phone) => phone.press('有')],
  ['哪个孩子', (phone) => phone.say(MARKS.child)],
  ['在哪里', (phone) => phone.say(MARKS.place)],
  ['安全吗', (phone) => phone.press('不安全')],
  ['是哪一种', (phone) => phone.say(MARKS.kind)],
  ['不能让他知道', (phone) => phone.press('都可以知道')],
];

/** The phone of somebody around a report. */
export function phoneOf(county: SmallCounty, who: Around): Phone {
  return new Phone(county, AROUND[who]);
}

/** Moves the clock to a minute of Shanghai time, `11-23 09:00`. */
export async function walkTo(county: SmallCounty, at: string): Promise<void> {
  await moveClock(county, new Date(`2026-${at.replace(' ', 'T')}:00+08:00`).toISOString());
}

/** A report with everything in it: words, answers to every question, and a voice message. */
export async function reports(county: SmallCounty, first = '紧急'): Promise<void> {
  const phone = phoneOf(county, 'the reporting director');
  await phone.say(first);
  for (let asked = 0; asked < 20; asked += 1) {
    const question = (await phone.received()).at(-1)?.text ?? '';
    const answer = ANSWERS.find(([asks]) => question.includes(asks));
    if (answer === undefined) break;
    await answer[1](phone);
  }
  await phone.send({ voice: { mime: 'audio/amr', base64: amrVoice(20).toString('base64'), seconds: 20 } });
  await phone.press('说完了');
}

/** The same person calls for help once more, and says that it is the same matter. */
export async function reportsAgain(county: SmallCounty): Promise<void> {
  const phone = phoneOf(county, 'the reporting director');
  await phone.say(`紧急 ${MARKS.joined}`);
  await phone.press(`是，加到${NUMBER}`);
}

/** Whoever takes it writes down the step to the police, with station and number. */
export async function toldPolice(taker: Phone): Promise<void> {
  await taker.say(`进展 ${NUMBER}`);
  await taker.press('派出所');
  await taker.say(`九点半报的，${MARKS.station}接的`);
  let answers = await taker.say(MARKS.policeNumber);
  while (answers.some(({ options }) => options.some(({ label }) => ['还不知道', '更多'].includes(label))))
    answers = await taker.say('还不知道'); // what a short report lacks is asked next
}

/** 办结 with an outcome; the reporter is told later. */
export async function endedWell(taker: Phone): Promise<void> {
  await taker.say(`办结 ${NUMBER}`);
  await taker.press('有结果了');
  await taker.say(`${MARKS.outcome}，孩子在外婆家`);
  await taker.press('以后再告诉');
}
