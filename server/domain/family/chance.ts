/**
 * A number from 0 to below 1 that follows from a text and from nothing else: the same person in the same week is always
 * dealt the same. It spreads evenly (FNV-1a, then mixed); it keeps no secret.
 */
export function chanceFrom(seed: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
