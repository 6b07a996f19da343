import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A service in a process of its own, to be killed like one. */
export interface ServiceProcess {
  readonly url: string;
  /** kill -9: no farewell, nothing flushed. */
  kill(): Promise<void>;
  /** SIGTERM: a graceful stop; resolves with the exit code. */
  terminate(): Promise<number | null>;
}

/** Starts `server/main.ts` on this database, with settings besides, and waits until it listens. */
export async function startProcess(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', PORT: '0', DATABASE_URL: databaseUrl, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      resolve(code);
    }),
  );
  const url = await Promise.race([
    addressOf(child),
    ended.then((code) => Promise.reject(new Error(`ended with ${String(code)}`))),
  ]);
  const endBy = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    kill: async () => {
      await endBy('SIGKILL');
    },
    terminate: () => endBy('SIGTERM'),
  };
}

/** Says something under a key; true once the answer came, false when the connection broke. */
export async function sayTo(
  { url }: ServiceProcess,
  account: string,
  text: string,
  key: string,
): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/simulator/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ account, text }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /"address":"(http:[^"]+)"/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
