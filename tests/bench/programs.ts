import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a program of the bench found, as its last word to the one that started it. */
export function answer(found: object): void {
  process.send?.(found);
  process.disconnect();
}

/** Starts a program of this folder in a process of its own; it answers with messages. */
export function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
}

/** The next message of a program; throws where it ends without one. */
export async function heard<T>(program: ChildProcess): Promise<T> {
  const gone = once(program, 'exit').then(([code]) => {
    throw new Error(`a program of the bench ended with ${String(code)} before it answered`);
  });
  const [message] = await Promise.race([once(program, 'message'), gone]);
  gone.catch(() => undefined);
  return message as T;
}

/** Runs a program to its end and gives its answer. */
export async function run<T>(program: string, ...args: readonly string[]): Promise<T> {
  const child = start(program, args);
  const found = await heard<T>(child);
  if (child.exitCode === null) await once(child, 'exit');
  return found;
}
