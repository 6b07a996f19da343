import { parseArgs } from 'node:util';

export interface ImportArguments {
  readonly areas: string;
  readonly staff: string;
  readonly children: string;
  readonly dryRun: boolean;
  readonly replaceDemo: boolean;
  /** Where the list of problems goes; null for the usual place. */
  readonly report: string | null;
}

const USAGE =
  'npm run import -- --areas FILE --staff FILE --children FILE [--dry-run] [--replace-demo] [--report FILE]';

/** Why the arguments cannot be used, in both languages, and how it is written. */
export interface UsageFault {
  readonly sentence: string;
}

const OPTIONS = {
  areas: { type: 'string' },
  staff: { type: 'string' },
  children: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'replace-demo': { type: 'boolean' },
} as const;

/** Reads the arguments of `npm run import`. */
export function importArguments(args: readonly string[]): ImportArguments | UsageFault {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') return fault(`多了「${token.value}」`, `"${token.value}" is too much`);
    if (token.kind !== 'option') continue;
    const wanted = Object.entries(OPTIONS).find(([name]) => name === token.name)?.[1];
    if (!wanted) return fault(`没有 ${token.rawName} 这个选项`, `there is no option ${token.rawName}`);
    const given = token.value !== undefined && token.value !== '' && !token.value.startsWith('--');
    if (wanted.type === 'string' && !given) return withoutFile(token.name);
    if (wanted.type === 'boolean' && token.value !== undefined)
      return fault(`${token.rawName} 后面不写内容`, `${token.rawName} takes no value`);
  }
  const { areas, staff, children, report } = values;
  if (typeof areas !== 'string') return withoutFile('areas');
  if (typeof staff !== 'string') return withoutFile('staff');
  if (typeof children !== 'string') return withoutFile('children');
  return {
    areas,
    staff,
    children,
    dryRun: values['dry-run'] === true,
    replaceDemo: values['replace-demo'] === true,
    report: typeof report === 'string' ? report : null,
  };
}

function withoutFile(name: string): UsageFault {
  return fault(`请用 --${name} 给出文件`, `please name a file with --${name}`);
}

function fault(zh: string, en: string): UsageFault {
  return { sentence: `${zh}。用法：\n  ${USAGE}\n${en}. Usage as above.` };
}
