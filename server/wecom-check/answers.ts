import type { Answer } from '../../bot/channels/wecom/reaction.ts';
import { say } from '../domain/say.ts';
import { unknown, type Check, type Finding } from './finding.ts';

/** Reads from WeCom, with a token that is fetched for everybody. */
export interface Asking {
  signIn(): Promise<Answer>;
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
}

/** What the codes that tell nothing about this check leave open: no answer, too busy, or a code nobody expected. */
export function openBecause(check: Check, { code, reaction }: Answer): Finding {
  if (code === null) return unknown(check, say('wecom-check.no-answer'), say('wecom-check.no-answer-step'));
  return reaction === 'later' || reaction === 'token'
    ? unknown(check, say('wecom-check.busy', { code }), say('wecom-check.busy-step'))
    : unknown(check, say('wecom-check.other', { code }), say('wecom-check.other-step'));
}
