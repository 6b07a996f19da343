import { expect, it } from 'vitest';
import { FUJIAN_PLAN_POLICY } from '../../../server/domain/cadence/policy.ts';
import { standingOf } from '../../../server/domain/cadence/standing.ts';
import { child as familyChild, day } from '../../server/domain/cadence/family.ts';
import { Talk, TODAY, viewOf } from '../stage.ts';

it('a supervisor of 70 overdue children reads every one of them, page by page, each once', () => {
  const view = viewOf('supervisor');
  const [first] = view.caseload;
  if (!first) throw new Error('a caseload');
  const caseload = Array.from({ length: 70 }, (_, n) => {
    const id = `child-${String(n)}`;
    const facts = familyChild('medium', { childId: id, dutiesFrom: day('2026-09-01') });
    return { ...first, id, name: id, facts, standing: standingOf(facts, [FUJIAN_PLAN_POLICY], TODAY) };
  });
  const talk = new Talk({ ...view, caseload });
  const seen: string[] = [];
  let said = talk.say('逾期');
  for (let page = 0; page < 3; page += 1) {
    seen.push(...said.commands.flatMap((c) => (c.type === 'note-access' ? c.childIds : [])));
    const more = said.replies.flatMap((r) => r.options ?? []).find((o) => o.id.startsWith('c:overdue:'));
    expect(more === undefined).toBe(page === 2);
    if (more) said = talk.press(more.id);
  }
  expect(seen).toEqual(caseload.map((child) => child.id));
});
