import { rolesAt, type LadderStep } from '../domain/escalation/ladder.ts';
import type { RoleHolder } from './loaded.ts';

/** Somebody a ladder may ask. */
interface Asked extends Pick<RoleHolder, 'workerId' | 'account'> {
  readonly role: string;
}

/**
 * Whom a ladder has reached after so many minutes, and which of its rungs reach nobody. Those it is about (a
 * reporter, whoever is to be called) and those who must not hear of it are never asked. Those whose last page did not
 * reach them are asked again, and the next rung with them.
 */
export function receiversOf<Role extends string, Holder extends Asked>(
  ladder: readonly LadderStep<Role>[],
  minutes: number,
  exceptIds: readonly string[],
  holders: readonly Holder[],
  unreachedIds: readonly string[] = [],
): { readonly reached: readonly Holder[]; readonly emptyRoles: readonly Role[] } {
  const able = holders.filter((h) => !exceptIds.includes(h.workerId));
  const filled = (role: string) => able.some((h) => h.role === role && h.account !== null);
  const isReached = (role: string) =>
    able.some((h) => h.role === role && h.account !== null && !unreachedIds.includes(h.workerId));
  // A rung without a reachable person is skipped at once: the next one is not made to wait for it.
  const rungs = rolesAt(ladder, Infinity);
  let reachedRungs = rolesAt(ladder, minutes).length;
  while (reachedRungs < rungs.length && !isReached(rungs[reachedRungs - 1] ?? '')) reachedRungs += 1;
  const roles = rungs.slice(0, reachedRungs);
  // The role of this person is not vacant: nobody need be told that it is.
  const isTheirs = (role: string) => holders.some((h) => h.role === role && exceptIds.includes(h.workerId));
  return {
    reached: able.filter((h) => (roles as readonly string[]).includes(h.role) && h.account !== null),
    emptyRoles: roles.filter((role) => !filled(role) && !isTheirs(role)),
  };
}
