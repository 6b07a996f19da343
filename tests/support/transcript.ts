import {
  parseLocalDate,
  shanghaiDate,
  shanghaiInstant,
  shanghaiMinutes,
} from '../../server/domain/local-date.ts';
import type { SimulatorMessageRow } from '../../server/store/generated/tables.ts';
import { moveClock, Phone } from './phone.ts';
import { amrVoice, sampleFile } from './sample-files.ts';
import { bindFamily, PEOPLE, type SmallCounty } from './small-county.ts';
import { effectsSince, markOf, type Mark } from './transcript-effects.ts';

/** One line of a transcript that somebody plays: the words of a person, a button in brackets, or only time that passes. */
interface Line {
  readonly at: string;
  readonly who: string;
  readonly words: string;
}

const NOBODY = '(时间过去)';
/** Stands where a transcript presses a button that is not there. */
export const NO_BUTTON = '(没有这个按钮)';
const PLAYS = '[播放]';
const RESTART = '(重新启动)';
/** A director has confirmed whose phone it is, before the conversation begins: `(绑定)  王奶奶`. */
const BINDS = '(绑定)';
const INDENT = ' '.repeat(18);
const SPOKEN = /^(\d{4}-\d\d-\d\d \d\d:\d\d) {2}(\S+)(?: +(.*))?$/;

/**
 * Plays the lines that people speak in a transcript and writes the whole of it anew, with what the bot answered and what
 * it did. A transcript holds when both texts are equal.
 *
 *     2026-11-23 09:00  郑主任    今天去看了小明，奶奶在。
 *                       bot       走访，请看看对不对：
 *                                 [未发现异常] [有担心]
 *                         已存：…
 *
 * `[语音 12秒]`, `[照片]` and `[位置]` send one; `[播放]` plays the files of the newest message that has any.
 * `[未发现异常]` presses the newest button with that label; `(写于2026-11-23 10:00)` stands before words that lay on a phone
 * without a signal since then. `bot→周督导` is a message that came to somebody else.
 */
export async function playTranscript(text: string, county: SmallCounty): Promise<string> {
  const played: string[] = [];
  await settle(county, text);
  let mark = await markOf(county);
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) played.push(line);
    const spoken = lineOf(line);
    if (spoken === null) continue;
    if (spoken.who === RESTART) await county.restart();
    if (spoken.who === BINDS) await bindFamily(county, spoken.words);
    const after = await playLine(county, spoken, mark);
    played.push('', ...after.lines);
    mark = after.mark;
  }
  return `${played.join('\n').replace(/^\n+/, '')}\n`;
}

/** The words people type in a transcript. */
export function spokenWords(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const words = lineOf(line)?.words ?? '';
    return words === '' || words.startsWith('[') ? [] : [words];
  });
}

/** Everything due at the beginning is done before anybody speaks. */
async function settle(county: SmallCounty, text: string): Promise<void> {
  const first = text.split('\n').flatMap((line) => lineOf(line) ?? [])[0];
  if (first) await moveClock(county, instantOf(first.at).toISOString());
}

/** Plays one line; nothing happens between its end and the next one, so that one look at the database serves both. */
async function playLine(
  county: SmallCounty,
  line: Line,
  mark: Mark,
): Promise<{ lines: string[]; mark: Mark }> {
  const before = await lastSeq(county);
  const at = instantOf(line.at).toISOString();
  await moveClock(county, at);
  const meanwhile = await written(county, before, null);
  const since = await lastSeq(county);
  const head = `${line.at}  ${padded(line.who)}${line.words}`.trimEnd();
  const ended = async (lines: readonly string[]): Promise<{ lines: string[]; mark: Mark }> => {
    const after = await effectsSince(county, mark);
    return { lines: [...lines, ...after.effects.map((e) => `${INDENT}  ${e}`)], mark: after.mark };
  };
  if ([NOBODY, RESTART, BINDS].includes(line.who)) return ended([head, ...meanwhile]);
  const account = PEOPLE[line.who];
  if (account === undefined) throw new Error(`nobody is called ${line.who}`);
  const phone = new Phone(county, account);
  const button = /^\[(.+)\]$/.exec(line.words)?.[1];
  const sent = sentBy(line.words);
  const late = /^\(写于(\d{4}-\d\d-\d\d \d\d:\d\d)\)(.+)$/.exec(line.words);
  if (late?.[1] !== undefined) await phone.say(late[2] ?? '', instantOf(late[1]).toISOString());
  else if (line.words === PLAYS) await phone.play();
  else if (sent !== null) await phone.send(sent);
  else if (button === undefined) await phone.say(await withCode(county, line.words));
  else if (await hasButton(phone, button)) await phone.press(button);
  else return { lines: [...meanwhile, head, `${INDENT}${NO_BUTTON}`], mark };
  return ended([...meanwhile, head, ...(await written(county, since, account))]);
}

/** An invitation code is made by chance: in a transcript it stands as （邀请码）, and means the newest one. */
const CODE = /(?<=(?:绑定|bind) )[0-9A-Z]{8}/gu;
const ANY_CODE = '（邀请码）';

async function withCode({ service }: SmallCounty, words: string): Promise<string> {
  if (!words.includes(ANY_CODE)) return words;
  const { store } = service.world;
  const rows = await store.client.simulatorMessage.findMany({ orderBy: { seq: 'desc' }, take: 200 });
  const said = rows.map((row) => store.open('SimulatorMessage', row).body.replaceAll(String.raw`\n`, ' '));
  const newest = said.flatMap((body) => body.match(CODE) ?? [])[0];
  if (newest === undefined) throw new Error('no invitation was made before');
  return words.replace(ANY_CODE, newest);
}

/** What a line sends besides words; null for everything else. */
function sentBy(words: string): Parameters<Phone['send']>[0] | null {
  const seconds = /^\[语音 (\d+)秒\]$/.exec(words)?.[1];
  if (seconds !== undefined)
    return { voice: { mime: 'audio/amr', base64: amrVoice(Number(seconds)).toString('base64') } };
  if (words === '[照片]')
    return { photo: { mime: 'image/jpeg', base64: sampleFile('image/jpeg').toString('base64') } };
  return words === '[位置]' ? { location: { latitude: 26.05, longitude: 119.3 } } : null;
}

async function hasButton(phone: Phone, label: string): Promise<boolean> {
  return (await phone.received()).some((m) => m.options.some((o) => o.label === label));
}

/** What phones received after `seq`, as the transcript shows it. Digests belong to their own tests. */
async function written(county: SmallCounty, after: number, speaker: string | null): Promise<string[]> {
  const { store } = county.service.world;
  const rows = await store.client.simulatorMessage.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: 'asc' },
  });
  const outbox = await store.client.outbox.findMany({
    where: { id: { in: rows.map((r) => r.outboxId) } },
    select: { id: true, kind: true },
  });
  const said = new Set(outbox.filter((o) => o.kind === 'says').map((o) => o.id));
  return rows
    .filter((row) => said.has(row.outboxId))
    .flatMap((row) => {
      const opened = store.open('SimulatorMessage', row);
      return bubble(opened, speaker, row.at);
    });
}

function bubble({ account, body }: SimulatorMessageRow, speaker: string | null, at: string): string[] {
  const { text, options, files } = JSON.parse(body) as {
    readonly text: string;
    readonly options: readonly { readonly label: string }[];
    readonly files?: readonly { readonly name: string }[];
  };
  const name = Object.entries(PEOPLE).find(([, a]) => a === account)?.[0] ?? account;
  const who = account === speaker ? 'bot' : `bot→${name}`;
  const buttons = options.map((o) => `[${o.label}]`).join(' ');
  const attached = (files ?? []).map((file) => `📄 ${file.name}`);
  const shown = text.replaceAll(CODE, ANY_CODE);
  const [first, ...rest] = [...shown.split('\n'), ...attached, ...(buttons === '' ? [] : [buttons])];
  const time = speaker === null ? `${clockText(new Date(at))}  ` : INDENT;
  const indent = ' '.repeat(28);
  return [`${time}${padded(who)}${first ?? ''}`, ...rest.map((l) => (l === '' ? '' : indent + l))];
}

/** Chinese characters are two columns wide. */
function padded(who: string): string {
  const columns = Array.from(who).reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);
  return who + ' '.repeat(Math.max(2, 10 - columns));
}

async function lastSeq({ service }: SmallCounty): Promise<number> {
  const row = await service.world.store.client.simulatorMessage.findFirst({
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  return row?.seq ?? 0;
}

function lineOf(text: string): Line | null {
  const parts = SPOKEN.exec(text);
  const [, at, who, words] = parts ?? [];
  if (at === undefined || who === undefined || who.startsWith('bot')) return null;
  return { at, who, words: words ?? '' };
}

function instantOf(text: string): Date {
  const [on, time] = text.split(' ');
  const date = parseLocalDate(on ?? '');
  const [hours, minutes] = (time ?? '').split(':').map(Number);
  if (date === null || hours === undefined || minutes === undefined) throw new Error(`no such time: ${text}`);
  return shanghaiInstant(date, hours * 60 + minutes);
}

function clockText(at: Date): string {
  const minutes = shanghaiMinutes(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${shanghaiDate(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
