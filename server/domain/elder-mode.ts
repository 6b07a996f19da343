/** The ending of a key whose sentence is the shorter wording of another one. */
export const SHORT_ENDING = '-elder';

/** 老人模式: small steps on a phone of a family. Workers who want small steps get examples instead (docs/decisions/0044). */
export function speaksShort({
  personKind,
  steps,
}: {
  readonly personKind: string | null;
  readonly steps: 'large' | 'small' | null;
}): boolean {
  return personKind !== 'worker' && steps === 'small';
}
