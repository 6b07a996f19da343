import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a program of the bench found, to the one that started it. */
export function answer(found: object): void {
  process.send?.(found);
}

/** Lets a program live: it does what it is asked for, one word after the other, until the word is `stop`. */
export function serve(work: (word: string) => object | Promise<object>): void {
  process.on('disconnect', () => process.exit(1)); // whoever started it is gone
  process.on('message', (word: string) => {
    void Promise.resolve(work(word)).then((found) => {
      process.send?.(found, () => {
        if (word === 'stop') process.exit(0);
      });
    });
  });
}

/** As `npm start` starts the service: a bounded heap is cleared earlier. The baselines get the same. */
const NODE_OPTIONS = ['--max-old-space-size=1024', '--max-semi-space-size=32', '--import', 'tsx'];

/** Starts a program of this folder in a process of its own; it answers with messages. */
export function start(program: string, args: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return spawn(process.execPath, [...NODE_OPTIONS, path, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** The next message of a program; throws where it ends without one. */
export async function heard<T>(program: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const gone = once(program, 'exit', { signal }).then(([code]) => {
    throw new Error(`a program of the bench ended with ${String(code)} before it answered`);
  });
  gone.catch(() => undefined);
  const [message] = await Promise.race([once(program, 'message', { signal }), gone]);
  over.abort();
  return message as T;
}

/** What a living program answers to a word. */
export function asked<T>(program: ChildProcess, word: string): Promise<T> {
  const found = heard<T>(program);
  program.send(word);
  return found;
}

/** Ends a living program; what it says last. */
export async function stopped<T>(program: ChildProcess): Promise<T> {
  const gone = once(program, 'exit');
  const last = await asked<T>(program, 'stop');
  await gone;
  return last;
}
