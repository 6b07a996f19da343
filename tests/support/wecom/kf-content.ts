import { byteLength, fieldsOf, listOf, wordsOf, type Fields } from './fields.ts';
import type { KfShown } from './kf-sessions.ts';
import { need, Refusal } from './refusal.ts';

const MOST = { text: 2_048, head: 1_024, items: 10, id: 64, content: 128, url: 2_048 };
const FILES = ['image', 'voice', 'video', 'file'];
const OTHERS = ['link', 'miniprogram', 'location', 'business_card'];

export type KfContent = Pick<KfShown, 'kind' | 'text' | 'menu' | 'content'>;

/** What may be sent to a customer, or the refusal. */
export function kfContentOf(body: Fields, hasMedia: (mediaId: string) => boolean): KfContent {
  const kind = wordsOf(body.msgtype);
  const content = fieldsOf(body[kind]);
  if (kind === 'text') return { kind, text: textOf(content), menu: [], content };
  if (kind === 'msgmenu') return { kind, content, ...menuOf(content) };
  if (FILES.includes(kind)) need(hasMedia(wordsOf(content.media_id)), 40007);
  else if (!OTHERS.includes(kind)) throw new Refusal(40008);
  return { kind, text: '', menu: [], content };
}

function textOf(content: Fields): string {
  const words = wordsOf(content.content);
  need(words !== '', 44004);
  need(byteLength(words) <= MOST.text, 45002);
  return words;
}

function menuOf(content: Fields): Pick<KfContent, 'text' | 'menu'> {
  const head = wordsOf(content.head_content);
  const items = listOf(content.list).map(fieldsOf);
  need(byteLength(head) <= MOST.head && items.length >= 1 && items.length <= MOST.items, 40058);
  const parts = items.map((item) => {
    const inner = fieldsOf(item[wordsOf(item.type)]);
    const words = wordsOf(inner.content);
    need(words !== '' && byteLength(words) <= MOST.content, 40058);
    need(byteLength(wordsOf(inner.id)) <= MOST.id && byteLength(wordsOf(inner.url)) <= MOST.url, 40058);
    return { isClick: item.type === 'click', id: wordsOf(inner.id), text: words };
  });
  const lines = [head, ...parts.map(({ text }) => text), wordsOf(content.tail_content)];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    menu: parts.filter(({ isClick }) => isClick).map(({ id, text }) => ({ id, text })),
  };
}
