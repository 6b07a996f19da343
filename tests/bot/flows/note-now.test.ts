import { describe, expect, it } from 'vitest';
import { noteNow, noteStored, type Before, type Lines } from '../../../bot/flows/note-now.ts';
import { officialNote } from '../../../bot/flows/official-note.ts';
import { withoutOriginal } from '../../../server/domain/original-words.ts';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { childId } from '../../support/small-county.ts';
import { viewOf } from '../stage.ts';

const TODAY = '2026-11-23' as LocalDate;
const line = (name: string, over: Partial<Lines> = {}): Lines => ({
  child: childId(name),
  on: TODAY,
  mode: 'home',
  met: ['奶奶'],
  seen: true,
  ...over,
});

describe('the words of a record', () => {
  it.each<[string, Before, Lines, string | null]>([
    ['今天去了小明家，奶奶在，见到了', {}, line('李小明'), '今天去了小明家，奶奶在，见到了'],
    [
      '今天去看了小红，奶奶在，见到了',
      { child: childId('林小红'), mode: 'home', seen: true },
      line('王家欣', { mode: 'phone', seen: null }),
      '奶奶在',
    ],
    ['今天去看小明，奶奶在', { met: ['奶奶'] }, line('李小明', { met: ['姑姑'] }), '今天去看小明'],
    ['今天去了嘉怡家，见到了，辉辉家不让进', {}, line('许嘉怡'), '今天去了嘉怡家，见到了'],
    ['作业没写完，跟辉辉打架了', {}, line('李小明'), '作业没写完，跟辉辉打架了'],
    ['今天去了小明家，昨天摔了一跤', { on: '2026-11-22' }, line('李小明'), '今天去了小明家，昨天摔了一跤'],
  ])('“%s” after %j', (note, before, now, kept) => {
    const view = viewOf();
    expect(noteNow(note, before, now, view)).toBe(kept);
    const stored = noteStored(note, before, now, view);
    expect(withoutOriginal(stored ?? '')).toBe(kept);
    expect(stored).toContain(note);
  });

  it.each([
    ['今天去了小明家，奶奶在，作业没写完', '作业没写完'],
    ['都见到了，昨天摔了一跤，跟辉辉吵过架', '11月22日摔了一跤，跟别的孩子吵过架'],
    ['辉辉家没去成，小明挺好（原话：辉辉家）', '小明挺好'],
  ])('“%s” is written for others as “%s”', (note, text) => {
    expect(officialNote(note, childId('李小明'), TODAY, viewOf())).toBe(text);
  });
});
