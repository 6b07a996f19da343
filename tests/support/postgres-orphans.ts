import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'hutong-postgres-';

/** Where the server of this process keeps its files: directly in the temporary folder, where its user can reach it. */
export function dataDirOf(port: number): string {
  return join(tmpdir(), `${PREFIX}${String(process.pid)}-${String(port)}`);
}

/** Ends and removes the servers of test processes that were killed before they could do it themselves. */
export function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-\\d+$`).exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) tryToRemove(join(tmpdir(), name));
  }
}

/** What another user of this machine left behind is theirs to remove. */
function tryToRemove(dataDir: string): void {
  try {
    removeServer(dataDir);
  } catch (error) {
    if (!['EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function removeServer(dataDir: string): void {
  const server = Number(read(join(dataDir, 'postmaster.pid')).split('\n')[0]);
  // The number may belong to somebody else by now: only a program that names this folder is ours.
  if (server > 0 && read(`/proc/${String(server)}/cmdline`).includes(dataDir))
    process.kill(server, 'SIGQUIT');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
