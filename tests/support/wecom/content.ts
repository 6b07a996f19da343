import { checkCard } from './cards.ts';
import { cutToBytes, fieldsOf, listOf, wordsOf, type Fields } from './fields.ts';
import { need, Refusal } from './refusal.ts';
import { wordsOfCard } from './shown.ts';

const MOST_TEXT_BYTES = 2_048;
const MOST_ARTICLES = 8;
const WITHOUT_WORDS = ['mpnews', 'miniprogram_notice'];
const FILES = ['image', 'voice', 'video', 'file'];

/** What a message says once the platform has taken it: cut, checked or refused. */
export interface Content {
  readonly kind: string;
  readonly text: string;
  readonly card: Fields | null;
  readonly content: Fields;
}

export function contentOf(body: Fields, hasMedia: (mediaId: string) => boolean): Content {
  const kind = wordsOf(body.msgtype);
  const content = fieldsOf(body[kind]);
  const made = (text: string, card: Fields | null = null): Content => ({ kind, text, card, content });
  if (kind === 'text' || kind === 'markdown') return made(cutText(content));
  if (kind === 'template_card') {
    checkCard(content);
    return made(wordsOfCard(content), content);
  }
  if (kind === 'textcard') return made(textCard(content));
  if (kind === 'news') return made(articles(content));
  if (FILES.includes(kind)) {
    need(hasMedia(wordsOf(content.media_id)), 40007);
    return made('');
  }
  if (WITHOUT_WORDS.includes(kind)) return made('');
  throw new Refusal(40008);
}

/** Longer words are cut without a sign, in the middle of a character if it falls so. */
function cutText(content: Fields): string {
  const words = wordsOf(content.content);
  need(words !== '', 44004);
  return cutToBytes(words, MOST_TEXT_BYTES);
}

function textCard({ title, description, url }: Fields): string {
  need(
    [title, description, url].every((part) => wordsOf(part) !== ''),
    40058,
  );
  return `${wordsOf(title)}\n${wordsOf(description)}`;
}

function articles(content: Fields): string {
  const titles = listOf(content.articles).map((article) => wordsOf(fieldsOf(article).title));
  need(titles.length >= 1 && titles.length <= MOST_ARTICLES && !titles.includes(''), 40058);
  return titles.join('\n');
}
