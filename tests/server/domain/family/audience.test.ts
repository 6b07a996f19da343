import { describe, expect, it } from 'vitest';
import {
  audienceOf,
  bandOfAge,
  bandsOf,
  childrenMeant,
  type AudienceChild,
} from '../../../../server/domain/family/audience.ts';

const child = (id: string, ageYears: number, over: Partial<AudienceChild> = {}): AudienceChild => ({
  id,
  ageYears,
  stage: 'primary',
  villageCode: 'east',
  townshipCode: 'south',
  directorIds: ['zheng'],
  ...over,
});

describe('whom a safety notice is for', () => {
  it.each([
    [0, 'b0'],
    [5, 'b0'],
    [6, 'b6'],
    [11, 'b6'],
    [12, 'b12'],
    [17, 'b12'],
  ])('a child of %d years has the words of %s', (ageYears, band) => {
    expect(bandOfAge(ageYears)).toBe(band);
  });

  it('a grandmother of two children is one person with the words of both ages', () => {
    const children = [child('big', 13), child('small', 4)];
    const found = audienceOf(children, [{ kind: 'carer', id: 'wang', childIds: ['big', 'small', 'big'] }]);
    expect(found.filter(({ personKind }) => personKind === 'carer')).toEqual([
      expect.objectContaining({ personId: 'wang', childIds: ['big', 'small'], directorId: 'zheng' }),
    ]);
    expect(bandsOf(children)).toEqual(['b0', 'b12']);
  });

  it('a director is told once, however many children she answers for, and of no child', () => {
    const found = audienceOf([child('a', 7), child('b', 8)], []);
    expect(found).toEqual([
      expect.objectContaining({ personKind: 'worker', personId: 'zheng', childIds: [] }),
    ]);
  });

  it('two directors of one village both hear it, and one of them passes it on', () => {
    const both = [child('a', 7, { directorIds: ['luo', 'he'] })];
    const found = audienceOf(both, [{ kind: 'guardian', id: 'li', childIds: ['a'] }]);
    expect(found.map(({ personId }) => personId)).toEqual(['he', 'li', 'luo']);
    expect(found.find(({ personId }) => personId === 'li')?.directorId).toBe('he');
  });

  it('a break of the primary school is no matter of a child without a school', () => {
    const all = [child('a', 7), child('b', 2, { stage: null }), child('c', 16, { stage: 'senior' })];
    expect(childrenMeant(all, { stages: ['primary', 'junior'] }).map(({ id }) => id)).toEqual(['a']);
    expect(childrenMeant(all, { stages: null })).toHaveLength(3);
  });

  it('whose children are not meant is not among them', () => {
    expect(audienceOf([child('a', 7)], [{ kind: 'guardian', id: 'li', childIds: ['other'] }])).toHaveLength(
      1,
    );
  });
});
