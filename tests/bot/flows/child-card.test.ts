import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../server/domain/follow-up.ts';
import { addDays } from '../../../server/domain/local-date.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { childId } from '../../support/small-county.ts';
import { Talk, TODAY, viewOf } from '../stage.ts';

const wording = loadWording();

function followUp(child: string, kind: FollowUp['kind'], text: string | null): FollowUp {
  const id = `${child}-${kind}`;
  const of = {
    concernId: null,
    contactId: null,
    openedOn: TODAY,
    openedBy: 'p1',
    ownerId: 'p1',
    ownerRole: null,
    rev: 1,
  };
  return { id, childId: childId(child), kind, text, dueOn: addDays(TODAY, 3), ...of };
}

function cardOf(child: string): string {
  const followUps = [
    followUp('李小明', 'promise', '带去镇上配眼镜'),
    followUp('李小明', 'concern', null),
    followUp('林小红', 'promise', '问学校要作业本'),
  ];
  const [reply] = new Talk({ ...viewOf(), followUps }).press(`c:card:${childId(child)}`).replies;
  if (!reply) throw new Error('no card');
  return wording.render('zh-CN', reply);
}

describe('the card before a visit', () => {
  it('tells what was promised to this child, and that somebody has to look again, without why', () => {
    const card = cardOf('李小明');
    expect(card).toContain('上次说好：带去镇上配眼镜（最晚11月26日(周四)）');
    expect(card).toContain('还要再去看看：最晚11月26日(周四)');
    expect(card).not.toContain('作业本');
    expect(card).not.toContain('担心');
  });

  it('names nobody to call who must not be contacted', () => {
    expect(cardOf('李小明')).toContain('爸爸：不要联系');
    expect(cardOf('李小明')).not.toContain('保护令');
  });
});
