import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelMessage } from '../../../../bot/channels/channel.ts';
import { payloadsOf, tickedCard } from '../../../../bot/channels/wecom/card.ts';
import { checkCard } from '../../../support/wecom/cards.ts';
import type { Fields } from '../../../support/wecom/fields.ts';
import { partsOf, TEXT_BYTES } from '../../../../bot/channels/wecom/split.ts';

const message = (text: string, labels: readonly string[] = [], outboxId = 'o1'): ChannelMessage => ({
  outboxId,
  address: 'dir.00001',
  lane: 'reply',
  at: '2026-11-25T02:00:00.000Z',
  text,
  options: labels.map((label, n) => ({ id: `o:${String(n)}`, label })),
});

describe('a text longer than WeCom takes', () => {
  it('is cut at the end of a line, and every part says which it is', () => {
    const text = Array.from({ length: 60 }, (_, n) => `第${String(n)}个孩子，明天要去走访一次。`).join('\n');
    const parts = partsOf(text);
    expect(parts).toHaveLength(2);
    expect(parts[0]).toMatch(/。（1\/2）$/u);
    expect(parts[1]).toMatch(/^第\d+个孩子.*（2\/2）$/su);
  });

  it('loses nothing and breaks no letter, whatever it is made of', () => {
    const words = fc.array(fc.constantFrom('孩', '👨‍👩‍👧', '。', '\n', 'a', 'é', '𠮷'), { maxLength: 1_500 });
    fc.assert(
      fc.property(words, (letters) => {
        const text = letters.join('');
        const parts = partsOf(text);
        for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(TEXT_BYTES);
        const together = parts.map((p) => p.replace(/（\d+\/\d+）$/u, '')).join('');
        expect(together.replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
        expect(together).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a message on WeCom', () => {
  const people = ['孩子本人', '奶奶', '爷爷', '外婆', '妈妈', '爸爸', '没有人', '没去成'];

  it('with a few short buttons is one card', () => {
    const [card, ...more] = payloadsOf(message('见到李小明本人了吗？', ['见到了', '没见到']));
    expect(more).toEqual([]);
    expect(card).toMatchObject({
      msgtype: 'template_card',
      template_card: {
        main_title: { title: '见到李小明本人了吗？' },
        task_id: 'o1',
        button_list: [
          { text: '见到了', key: 'o:0' },
          { text: '没见到', key: 'o:1' },
        ],
      },
    });
  });

  it('too long for a card comes as text, with a card that asks the last line', () => {
    const shown = payloadsOf(message(`${'今天要去看的孩子很多。'.repeat(30)}\n去哪一家？`, ['小明', '小红']));
    expect(shown.map((p) => p.msgtype)).toEqual(['text', 'template_card']);
    expect(shown[1]).toMatchObject({ template_card: { main_title: { title: '去哪一家？' } } });
  });

  it('never sends a card that WeCom would refuse, however long its lines are', () => {
    const words = fc.array(fc.constantFrom('孩', '。', '？', '\n', 'a', ' '), { maxLength: 400 });
    fc.assert(
      fc.property(words, fc.boolean(), (letters, isShort) => {
        const shown = payloadsOf({
          ...message(letters.join(''), isShort ? ['见到了', '没见到'] : people),
          chosenLabel: '选好了',
        });
        for (const payload of shown)
          if (payload.msgtype === 'template_card') checkCard(payload.template_card as unknown as Fields);
      }),
    );
    const long =
      '陈芳已经收到R-2026-000001，会在今天联系报告人，您如果知道别的情况，请告诉她，或者再按一次。';
    expect(payloadsOf(message(long, ['告诉她', '不用']))).toMatchObject([
      { msgtype: 'text' },
      { template_card: { main_title: { title: '👆' } } },
    ]);
  });

  const asks = (text: string, labels: readonly string[]) => ({
    ...message(text, labels),
    chosenLabel: '选好了',
  });

  it.each([
    ['more answers than a card has buttons', people],
    ['an answer longer than a button shows', ['都未发现异常', '有孩子让我担心/不确定', '改一处']],
  ])('with %s is a card on which one is ticked', (_what, labels) => {
    const [card, ...more] = payloadsOf(asks('和谁见的面？', labels));
    expect(more).toEqual([]);
    expect(card).toMatchObject({
      template_card: {
        card_type: 'vote_interaction',
        main_title: { title: '和谁见的面？' },
        task_id: 'o1',
        checkbox: { mode: 0, option_list: labels.map((label, n) => ({ id: `o:${String(n)}`, text: label })) },
        submit_button: { text: '选好了' },
      },
    });
    checkCard((card as unknown as { template_card: Fields }).template_card);
  });

  it('once ticked shows for good what was ticked', () => {
    const card = tickedCard(asks('和谁见的面？', people), 'o:1') as Fields;
    checkCard(card, { update: true });
    expect(card).toMatchObject({ checkbox: { disable: true }, replace_text: '奶奶' });
    expect(card).not.toHaveProperty('task_id');
    expect(JSON.stringify(card).match(/"is_checked":true/gu)).toHaveLength(1);
    expect(tickedCard(asks('见到了吗？', ['见到了', '没见到']), 'o:1')).toBeNull();
  });

  it.each([
    ['more answers than can be ticked', Array.from({ length: 21 }, (_, n) => `孩子${String(n)}`)],
    ['an answer longer than any card shows', ['明天上午九点以后再去一次，先打个电话', '不去']],
  ])('with %s is a numbered list', (_what, labels) => {
    const [text, ...more] = payloadsOf(asks('选哪一个？', labels));
    expect(more).toEqual([]);
    expect(text).toMatchObject({ msgtype: 'text' });
    expect(JSON.stringify(text)).toContain(`1. ${labels[0] ?? ''}\\n2. ${labels[1] ?? ''}`);
  });

  it('a long list of commands stays a numbered list: one is pressed after the other', () => {
    const list = asks('今天有7件事', people);
    const commands = list.options.map(({ label }, n) => ({ id: `c:visit:${String(n)}`, label }));
    expect(payloadsOf({ ...list, options: commands }).map(({ msgtype }) => msgtype)).toEqual(['text']);
  });

  it('is the same bytes at every try, and other bytes for another row with the same words', () => {
    const bytes = (id: string) => JSON.stringify(payloadsOf(message('没有要做的事。', [], id)));
    expect(bytes('o1')).toBe(bytes('o1'));
    expect(bytes('o1')).not.toBe(bytes('o2'));
  });
});
