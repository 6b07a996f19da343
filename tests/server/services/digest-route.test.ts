import { describe, expect, it } from 'vitest';
import { addDays } from '../../../server/domain/local-date.ts';
import type { Week } from '../../../server/domain/route/route-lines.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { directorDigest } from '../../../server/services/digest.ts';
import type { LoadedChild } from '../../../server/services/loaded.ts';
import { TODAY, viewOf } from '../../bot/stage.ts';

const wording = loadWording();
const [pattern] = viewOf().caseload;

/** So many children who wait, in hamlets of three. */
function waiting(count: number): readonly LoadedChild[] {
  if (!pattern) throw new Error('nobody waits in the small county');
  return Array.from({ length: count }, (_, n) => ({
    ...pattern,
    id: `c${String(n)}`,
    name: `孩子${String(n)}`,
    rev: 1,
    villageCode: 'v',
    directorIds: ['p1'],
  }));
}

function digestOf(count: number) {
  const children = waiting(count);
  const week: Week = {
    hamlets: new Map(children.map((c, n) => [c.id, `${String(Math.floor(n / 3) + 1)}组`])),
    days: [0, 1, 2, 3, 4].map((n) => addDays(TODAY, n)),
    wishes: [],
  };
  const digest = directorDigest({
    children,
    plannedDuties: new Set(children.flatMap((c) => c.standing.open.map((d) => d.key))),
    today: TODAY,
    lateSince: null,
    week,
    followUps: [],
    missed: [],
  });
  if (digest === null) throw new Error('nobody waits');
  return { text: wording.render('zh-CN', digest.reply), options: digest.reply.options ?? [] };
}

describe('the digest of somebody with many children', () => {
  it('proposes a way above ten, and never up to ten', () => {
    expect(digestOf(10).text).not.toContain('可以这样走');
    const { text, options } = digestOf(12);
    expect(text).toContain(
      '人多，可以这样走：\n11月23日(周一)：1组 孩子0、孩子1、孩子2；2组 孩子3、孩子4、孩子5',
    );
    expect(text).toContain('11月24日(周二)：3组');
    expect(options.map((o) => o.id).slice(-2)).toEqual(['c:todo', 'c:route']);
    expect(options.length).toBeLessThanOrEqual(8);
  });

  it('still names the most urgent with what they are owed: the way replaces no reminder', () => {
    expect(digestOf(12).text.split('\n')[0]).toBe('今天有12件事');
    expect(digestOf(12).text).toContain('孩子0（');
  });
});
