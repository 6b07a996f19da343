import type { CaseChild } from '../dialog/view.ts';

/** The names of a child as people say them, longest first. */
export function spokenNames({ name, nickname }: CaseChild): readonly string[] {
  const given = name.slice(1);
  return [name, ...(nickname === null ? [] : [nickname]), ...(given.length > 1 ? [given] : [])];
}
