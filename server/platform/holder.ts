import { hostname } from 'node:os';

/** The name under which this process holds things: its machine, its process number, and an id of its own. */
export function holderName(id: string): string {
  return `${hostname()}/${String(process.pid)}/${id}`;
}

/**
 * Whether the process behind a name is certainly gone: it ran on this machine and its number is nobody's now, or is
 * ours. Of another machine nothing is known.
 */
export function isGone(holder: string): boolean {
  const [host, pid] = holder.split('/');
  if (host !== hostname() || pid === undefined) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
