import { readFile, stat } from 'node:fs/promises';
import { enterFile, Refusal } from './assembly/enter-file.ts';
import { enterPolicy } from './policy/enter-policy.ts';
import { POLICY_FILE_BYTES } from './policy/policy-file.ts';
import { enteredLines } from './policy/policy-sentences.ts';
import { policyStoreOf } from './store/policies.ts';

/** `npm run policy`: 0 when the version is there, 1 when it was refused, 2 for wrong usage. */
process.exitCode = await enterFile(
  {
    usage: 'npm run policy -- --file FILE [--dry-run]',
    takes: 'option',
    read: textOf,
    enter: async (text, entering) => {
      const entered = await enterPolicy({ ...entering, store: policyStoreOf(entering.store) }, text);
      const lines = (['zh-CN', 'en'] as const).flatMap((language) => enteredLines(entered, language));
      const refused = entered.kind === 'refused';
      for (const line of lines) (refused ? console.error : console.log)(line);
      return refused ? 1 : 0;
    },
  },
  { args: process.argv.slice(2), console },
);

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new Refusal(`找不到 ${file}\n${file} is not there.`);
  });
  if (size > POLICY_FILE_BYTES)
    throw new Refusal(`${file} 太大，不像是一份规定\n${file} is too large for a policy.`);
  return readFile(file, 'utf8');
}
