import { describe, expect, it } from 'vitest';
import { kfPayloadsOf, outboxIdOf, ownId } from '../../../../bot/channels/wecom/kf-message.ts';

const ROW = '01a227b5-832c-7733-96c1-a2809ce70094';

function payloads(text: string, labels: readonly string[] = [], id = (n: number) => `q:${String(n)}`) {
  return kfPayloadsOf({
    ...{ outboxId: ROW, address: 'wmMOTHER', lane: 'reply', at: '2026-11-25T02:00:00.000Z', text },
    options: labels.map((label, n) => ({ id: id(n), label })),
  });
}

const kinds = (...given: Parameters<typeof payloads>) => payloads(...given).map(({ msgtype }) => msgtype);

describe('a message on 微信客服', () => {
  it('with choices is one menu whose entries carry the ids of the options', () => {
    expect(payloads('孩子好吗？', ['很好', '不好'])).toEqual([
      {
        msgtype: 'msgmenu',
        msgmenu: {
          head_content: '孩子好吗？',
          list: [
            { type: 'click', click: { id: 'q:0', content: '很好' } },
            { type: 'click', click: { id: 'q:1', content: '不好' } },
          ],
        },
      },
    ]);
  });

  it('whose words, choices or ids are too long for a menu is one text with numbers', () => {
    const ten = Array.from({ length: 10 }, (_, n) => `第${String(n)}个`);
    expect(kinds('孩'.repeat(341), ten)).toEqual(['msgmenu']);
    expect(kinds('孩'.repeat(342), ten)).toEqual(['text']);
    expect(kinds('好吗？', [...ten, '再一个'])).toEqual(['text']);
    expect(kinds('好吗？', ['好'.repeat(43)])).toEqual(['text']);
    expect(kinds('好吗？', ['好'], () => 'x'.repeat(65))).toEqual(['text']);
    expect(JSON.stringify(payloads('好吗？', ['好'.repeat(43), '不好']))).toContain('2. 不好');
  });

  it('of many words is cut into texts that WeChat shows whole, none of them lost', () => {
    const words = '孩子今天在家写作业。'.repeat(150);
    const parts = payloads(words).map((p) => (p.msgtype === 'text' ? p.text.content : ''));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2_048);
    expect(parts.map((part) => part.replace(/（\d\/\d）$/u, '')).join('')).toBe(words);
  });
});

describe('the id of a message', () => {
  it('is the same at every try, is taken by WeCom, and leads back to its row', () => {
    const ids = [0, 1, 12].map((part) => ownId(ROW, part));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9A-Za-z_-]{1,32}$/);
      expect(outboxIdOf(id)).toBe(ROW);
    }
    expect(ownId(ROW, 1)).toBe(ids[1]);
  });

  it('that we never gave leads nowhere', () => {
    for (const id of ['', 'x', 'A'.repeat(22), `${'A'.repeat(23)}-0`, `${'!'.repeat(22)}-0`, ROW])
      expect(outboxIdOf(id)).toBeNull();
  });
});
