import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { parseLocalDate, shanghaiDate } from '../../server/domain/local-date.ts';
import { answerLine } from './answer-line.ts';
import type { NamedChild } from './name-index.ts';
import { readNamesFile } from './names-file.ts';

const USAGE = '用法: npm run understand -- [--at 2026-03-18] [--names 名单.txt],每行一句话从标准输入读入';

/** How the command was called, or the sentence that says what is wrong. */
type Call =
  { readonly today: LocalDate; readonly caseload: readonly NamedChild[] } | { readonly wrong: string };

/** Reads the arguments; `now` stands in where no --at is given. */
function readCall(args: readonly string[], now: Date): Call {
  try {
    const options = { at: { type: 'string' }, names: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    const today = values.at === undefined ? shanghaiDate(now) : readAt(values.at);
    if (today === null) return { wrong: `--at 的日期看不懂: ${values.at ?? ''}` };
    return {
      today,
      caseload: values.names === undefined ? [] : readNamesFile(readFileSync(values.names, 'utf8')),
    };
  } catch (error) {
    const missing =
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'EISDIR', 'EACCES'].includes(String(error.code));
    return { wrong: missing ? '名单文件打不开,请检查 --names 后面的路径' : '参数写错了' };
  }
}

/** The business day of an ISO date or instant; an instant without a zone is meant in Asia/Shanghai. */
function readAt(at: string): LocalDate | null {
  const day = parseLocalDate(at);
  if (day !== null) return day;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(at)) return null;
  const instant = new Date(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(at) ? at : `${at}+08:00`);
  return Number.isNaN(instant.getTime()) || parseLocalDate(at.slice(0, 10)) === null
    ? null
    : shanghaiDate(instant);
}

async function main(): Promise<void> {
  const call = readCall(process.argv.slice(2), new Date());
  if ('wrong' in call) {
    process.stderr.write(`${call.wrong}。${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') process.stdout.write(`${answerLine(line, call.today, call.caseload)}\n`);
  }
}

await main();
