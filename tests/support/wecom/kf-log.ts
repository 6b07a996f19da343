import { DAY_MS, MINUTE_MS, secondsOf } from './clock.ts';
import { numberOf, wordsOf, type Fields } from './fields.ts';
import { Frequency } from './frequency.ts';
import { need } from './refusal.ts';
import type { Tenant } from './tenant.ts';

const TOKEN_MS = 10 * MINUTE_MS;
const HISTORY_MS = 3 * DAY_MS;
const MOST_A_PAGE = 1_000;
const MOST_CURSOR_BYTES = 64;
const WITHOUT_TOKEN_PER_MINUTE = 10;

interface Entry {
  readonly atMs: number;
  readonly message: Fields;
}

/** What happened at the accounts of 微信客服, read by cursor. The bot's own messages are not in it. */
export class KfLog {
  /** So many of the next pages are empty although more follows. */
  emptyPages = 0;
  /** Smaller pages than were asked for. */
  pageSize = MOST_A_PAGE;
  readonly #tenant: Tenant;
  readonly #entries = new Map<string, Entry[]>();
  readonly #cursors = new Map<string, { readonly openKfId: string; readonly next: number }>();
  readonly #tokens = new Map<string, { readonly openKfId: string; readonly untilMs: number }>();
  readonly #withoutToken: Frequency;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
    this.#withoutToken = new Frequency(tenant.clock);
  }

  /** Keeps a message of a customer (origin 3) or a person of the service (5). */
  message(openKfId: string, externalUserId: string, origin: 3 | 5, content: Fields): string {
    const names = { open_kfid: openKfId, external_userid: externalUserId };
    return this.#keep(openKfId, { ...names, origin, ...content });
  }

  /** Keeps an event; whom it is about stands in the event only. */
  event(openKfId: string, type: string, fields: Fields): string {
    const event = { event_type: type, open_kfid: openKfId, ...fields };
    return this.#keep(openKfId, { origin: 4, msgtype: 'event', event });
  }

  /** The token of a callback, which allows reading freely for ten minutes. */
  newToken(openKfId: string): string {
    const token = `ENC${this.#tenant.chance.word(32)}`;
    this.#tokens.set(token, { openKfId, untilMs: this.#nowMs() + TOKEN_MS });
    return token;
  }

  read(openKfId: string, body: Fields): Fields {
    const limit = numberOf(body.limit, MOST_A_PAGE);
    need(limit >= 1 && limit <= MOST_A_PAGE, 40058);
    this.#admit(openKfId, wordsOf(body.token));
    const from = this.#placeOf(openKfId, wordsOf(body.cursor));
    const all = this.#entries.get(openKfId) ?? [];
    if (this.emptyPages > 0) {
      this.emptyPages -= 1;
      return { next_cursor: this.#cursor(openKfId, from), has_more: 1, msg_list: [] };
    }
    const oldest = all.findIndex((entry) => entry.atMs > this.#nowMs() - HISTORY_MS);
    const begin = Math.max(from, oldest < 0 ? all.length : oldest);
    const page = all.slice(begin, begin + Math.min(limit, this.pageSize));
    const next = begin + page.length;
    return {
      next_cursor: this.#cursor(openKfId, next),
      has_more: next < all.length ? 1 : 0,
      msg_list: page.map((entry) => entry.message),
    };
  }

  #admit(openKfId: string, token: string): void {
    if (token === '') {
      this.#withoutToken.count(openKfId, WITHOUT_TOKEN_PER_MINUTE - 1);
      return;
    }
    const known = this.#tokens.get(token);
    need(known?.openKfId === openKfId && this.#nowMs() < known.untilMs, 95007);
  }

  #placeOf(openKfId: string, cursor: string): number {
    if (cursor === '') return 0;
    const known = this.#cursors.get(cursor);
    need(known?.openKfId === openKfId, 40058);
    return known.next;
  }

  #cursor(openKfId: string, next: number): string {
    const cursor = this.#tenant.chance.word(24).slice(0, MOST_CURSOR_BYTES);
    this.#cursors.set(cursor, { openKfId, next });
    return cursor;
  }

  #keep(openKfId: string, message: Fields): string {
    const msgid = this.#tenant.chance.word(21);
    const entries = this.#entries.get(openKfId) ?? [];
    const sendTime = secondsOf(this.#tenant.clock);
    entries.push({ atMs: this.#nowMs(), message: { msgid, send_time: sendTime, ...message } });
    this.#entries.set(openKfId, entries);
    return msgid;
  }

  #nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}
