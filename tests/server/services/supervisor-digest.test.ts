import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { supervisorDigest } from '../../../server/services/digest.ts';
import type { LoadedChild } from '../../../server/services/loaded.ts';
import { day } from '../domain/cadence/family.ts';

const wording = loadWording();

/** A child overdue since a day. */
function overdue(name: string, since: string, director = '李主任'): LoadedChild {
  const duty = {
    key: name,
    childId: name,
    kind: 'visit',
    periodStart: day('2026-11-01'),
    dueOn: day('2026-11-30'),
    reason: 'period',
  };
  const standing = { open: [], overdue: [{ duty, since: day(since) }], missed: [] };
  const child = { id: name, name, village: '上坪村', directors: [director], directorIds: ['li'], standing };
  return child as unknown as LoadedChild;
}

function words(children: readonly LoadedChild[], lastOn: LocalDate | null): string {
  const reply = supervisorDigest({ children, silent: [], shared: [], calls: [], lateSince: null, lastOn });
  return reply === null ? '' : wording.render('zh-CN', reply);
}

/** Children in the order in which the words name them. */
function named(text: string, children: readonly LoadedChild[]): readonly string[] {
  return children
    .filter(({ name }) => text.includes(`${name}：`) || text.includes(name))
    .sort((a, b) => text.indexOf(a.name) - text.indexOf(b.name))
    .map(({ name }) => name);
}

describe('a long list of overdue children', () => {
  const old = Array.from({ length: 30 }, (_, n) =>
    overdue(`旧${String.fromCodePoint(0x4e00 + n)}`, `2026-11-${String(30 - n).padStart(2, '0')}`),
  );
  const fresh = [overdue('新甲', '2026-12-03', '赵主任'), overdue('新乙', '2026-12-04', '赵主任')];
  const children = [...old, ...fresh];

  it('begins with what has come since the last digest, then with what has waited longest', () => {
    const text = words(children, day('2026-12-02'));
    const shown = named(text, children);
    expect(shown.slice(0, 2)).toEqual(['新甲', '新乙']);
    expect(shown.slice(2)).toEqual(
      old
        .slice(12)
        .map(({ name }) => name)
        .reverse(),
    );
    expect(text).toContain('还有12个没列出来');
  });

  it('makes no difference between new and known where nothing was told before, or nothing is new', () => {
    for (const lastOn of [null, day('2026-12-04')]) expect(words(children, lastOn)).not.toContain('新逾期');
    expect(words(fresh, day('2026-12-02'))).not.toContain('之前');
  });
});
