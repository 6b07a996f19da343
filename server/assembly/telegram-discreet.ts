import type { Arrival } from '../../bot/channels/telegram/arrival.ts';
import { bareWord, isBack, isCancel, urgentIn } from '../../bot/dialog/words.ts';
import { askHelpWord } from '../../bot/flows/ask-whom.ts';
import { linkingRepertoire } from '../../bot/flows/repertoire.ts';
import { codeIn } from '../domain/family/invitation.ts';
import { together, type Batch } from '../services/batch.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { keptRow } from '../store/inbox.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/** The words by which people ask for something; no other words are kept where nothing personal may be. */
const WORDS: ReadonlySet<string> = new Set(
  linkingRepertoire.commands.flatMap(({ words }) => words.map((word) => folded(word))),
);
const CASE_NUMBER = /\s*r-\d{4}-\d{6}$/u;
const NUMBER = /^\d{1,2}$/u;
const BINDING = /^(?:绑定|bind)\s*(.{8,20})$/u;

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** A word that asks for something, or one that leaves a question: without either nobody gets out of what they began. */
function isWord(said: string): boolean {
  const bare = bareWord(said);
  return WORDS.has(bare.replace(CASE_NUMBER, '')) || isBack(bare) || isCancel(bare) || NUMBER.test(bare);
}

/** 绑定 with a code, and with nothing else: a name in Latin letters or a telephone number is none. */
function isBinding(said: string): boolean {
  return codeIn(BINDING.exec(said)?.[1] ?? '') !== null;
}

/** 求助 with words behind it; alone it is a command like the others. */
function asksForHelp(said: string): boolean {
  return askHelpWord.words.some((word) => said.startsWith(word) && said !== word);
}

/** What becomes of an arrival where a channel carries codes and buttons only (docs/decisions/0040). */
export function discreetly(words: string, kind: Arrival['kind']): 'kept' | 'refused' | 'urgent' {
  if (kind === 'pressed' || kind === 'reach') return 'kept';
  if (kind !== 'text' && kind !== 'started') return 'refused';
  const said = folded(words);
  if (urgentIn(said) !== null || asksForHelp(said)) return 'urgent';
  return isWord(said) || isBinding(said) ? 'kept' : 'refused';
}

/** Whoever writes, speaks or sends something is told why not; what they sent is not kept. */
export function refusedWords(world: World, account: ChatAccountRow, externalId: string): Batch {
  const now = world.clock.now().toISOString();
  const { id: accountId, channel, personId } = account;
  const sessionKey = personId ?? `account:${accountId}`;
  const body = { kind: 'text', text: '' } as const;
  const kept = keptRow({ channel, externalId, accountId, sessionKey, receivedAt: now, body }, now);
  const reply = { key: 'telegram.buttons-only' };
  const told = { account, lane: 'reply', key: `buttons-only:${externalId}`, reply, refs: {} } as const;
  return together({ guards: [], writes: [kept] }, { guards: [], writes: [queuedRow(world, told)] });
}
