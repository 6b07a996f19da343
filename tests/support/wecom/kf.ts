import { SECOND_MS } from './clock.ts';
import { byteLength, fieldsOf, listOf, numberOf, wordsOf, type Fields } from './fields.ts';
import { kfContentOf, type KfContent } from './kf-content.ts';
import type { KfLog } from './kf-log.ts';
import { MOST_PER_INBOUND, type KfSession, type KfSessions } from './kf-sessions.ts';
import { need, Refusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import type { Tenant } from './tenant.ts';

const CODE_MS = 20 * SECOND_MS;
const MOST_PARALLEL_SYNCS = 5;
const MOST_CUSTOMERS_ASKED = 100;
const MOST_SCENE_BYTES = 32;
const FAIL = { late: 4, tooMany: 6, rejected: 10 };

export interface KfSettings {
  /** Customers in all that an unverified corp may serve: 100. null is a verified one. */
  capacity: number | null;
  /** After 48 hours: refused with one of two errcodes, or taken and told later by msg_send_fail. */
  late: 95002 | 95018 | 'fails-later';
  /** The sixth message without a word of the customer. */
  sixth: 95001 | 'fails-later';
}

export interface KfParts {
  readonly tenant: Tenant;
  readonly sessions: KfSessions;
  readonly log: KfLog;
  readonly settings: KfSettings;
  readonly hasMedia: (mediaId: string) => boolean;
  /** Wakes the bot: something can be read. */
  readonly wake: (openKfId: string) => void;
}

interface EventCode {
  readonly session: KfSession;
  readonly untilMs: number;
  readonly isWelcome: boolean;
}

/** The interfaces of 微信客服. errcode 0 means taken, not delivered. */
export class Kf {
  readonly #parts: KfParts;
  readonly #codes = new Map<string, EventCode>();
  readonly #msgIds = new Set<string>();
  #failNext: number | null = null;

  constructor(parts: KfParts) {
    this.#parts = parts;
  }

  readonly routes: Routes = {
    'kf/sync_msg': { method: 'POST', parallel: MOST_PARALLEL_SYNCS, handle: ({ body }) => this.#sync(body) },
    'kf/send_msg': { method: 'POST', handle: ({ body }) => this.#send(body) },
    'kf/send_msg_on_event': { method: 'POST', handle: ({ body }) => this.#sendOnEvent(body) },
    'kf/service_state/get': { method: 'POST', handle: ({ body }) => this.#state(body) },
    'kf/service_state/trans': { method: 'POST', handle: ({ body }) => this.#move(body) },
    'kf/customer/batchget': { method: 'POST', handle: ({ body }) => this.#customers(body) },
    'kf/add_contact_way': { method: 'POST', handle: ({ body }) => this.#contactWay(body) },
    'kf/account/list': { method: 'POST', handle: () => this.#accounts() },
    'kf/servicer/list': { method: 'GET', handle: (call) => this.#servicers(call) },
  };

  /** The next send is taken and fails afterwards, for this reason of the documents. */
  failNext(failType: number): void {
    this.#failNext = failType;
  }

  /** A code that allows one message within 20 seconds. */
  eventCode(session: KfSession, isWelcome: boolean): string {
    const code = this.#parts.tenant.chance.word(24);
    this.#codes.set(code, { session, isWelcome, untilMs: this.#parts.sessions.nowMs() + CODE_MS });
    return code;
  }

  #sync(body: Fields): Fields {
    const { openKfId } = this.#parts.sessions.account(wordsOf(body.open_kfid));
    return this.#parts.log.read(openKfId, body);
  }

  #send(body: Fields): Fields {
    const { sessions, hasMedia } = this.#parts;
    const { openKfId } = sessions.account(wordsOf(body.open_kfid));
    const session = sessions.known(openKfId, wordsOf(body.touser));
    const content = kfContentOf(body, hasMedia);
    const msgid = this.#msgIdOf(body);
    if (this.#msgIds.has(`${openKfId}\n${msgid}`)) return { msgid };
    const failType = this.#failureOf(session);
    session.sentSince += 1;
    this.#msgIds.add(`${openKfId}\n${msgid}`);
    if (failType === null) this.#show(session, msgid, content);
    else this.#tellFailure(session, msgid, failType);
    return { msgid };
  }

  /** null: it will arrive; a number: it is taken and fails later. */
  #failureOf(session: KfSession): number | null {
    const { sessions, settings } = this.#parts;
    const { capacity, late, sixth } = settings;
    need(capacity === null || sessions.customerNumber(session.customer) < capacity, 95003);
    if (session.state === 4) throw new Refusal(session.lastInboundMs === null ? 95018 : 95013);
    need(session.state === 0 || session.state === 1, 95018);
    if (!sessions.isInWindow(session)) return refuseOr(late, FAIL.late);
    if (session.sentSince >= MOST_PER_INBOUND) return refuseOr(sixth, FAIL.tooMany);
    const planned = this.#failNext;
    this.#failNext = null;
    return planned ?? (session.rejects ? FAIL.rejected : null);
  }

  #tellFailure({ openKfId, customer }: KfSession, msgid: string, failType: number): void {
    const fields = { external_userid: customer, fail_msgid: msgid, fail_type: failType };
    this.#parts.log.event(openKfId, 'msg_send_fail', fields);
    this.#parts.wake(openKfId);
  }

  #sendOnEvent(body: Fields): Fields {
    const kind = wordsOf(body.msgtype);
    need(kind === 'text' || kind === 'msgmenu', 40008);
    const content = kfContentOf(body, this.#parts.hasMedia);
    const word = wordsOf(body.code);
    const code = this.#codes.get(word);
    need(code !== undefined && this.#parts.sessions.nowMs() <= code.untilMs, 95007);
    const msgid = this.#msgIdOf(body);
    this.#codes.delete(word);
    if (code.isWelcome) code.session.welcomedMs = this.#parts.sessions.nowMs();
    this.#show(code.session, msgid, content);
    return { msgid };
  }

  #msgIdOf(body: Fields): string {
    const own = wordsOf(body.msgid);
    need(/^[0-9a-zA-Z_-]{0,32}$/.test(own), 40058);
    return own === '' ? this.#parts.tenant.chance.word(21) : own;
  }

  #show(session: KfSession, msgid: string, content: KfContent): void {
    session.phone.push({ ...content, msgid, at: this.#parts.tenant.clock.now() });
  }

  #state(body: Fields): Fields {
    const session = this.#sessionOf(body);
    const servicer = session.servicer === null ? {} : { servicer_userid: session.servicer };
    return { service_state: session.state, ...servicer };
  }

  #move(body: Fields): Fields {
    const session = this.#sessionOf(body);
    const to = numberOf(body.service_state, -1);
    this.#parts.sessions.move(session, to, wordsOf(body.servicer_userid));
    return to >= 2 ? { msg_code: this.eventCode(session, false) } : {};
  }

  #sessionOf(body: Fields): KfSession {
    const { openKfId } = this.#parts.sessions.account(wordsOf(body.open_kfid));
    return this.#parts.sessions.known(openKfId, wordsOf(body.external_userid));
  }

  #customers(body: Fields): Fields {
    const asked = listOf(body.external_userid_list).map(wordsOf);
    need(asked.length >= 1 && asked.length <= MOST_CUSTOMERS_ASKED, 40058);
    const { sessions } = this.#parts;
    const isKnown = (id: string) => sessions.customerNumber(id) >= 0;
    const list = asked.filter(isKnown).map((id) => ({
      external_userid: id,
      nickname: `微信用户${sessions.customerNumber(id) + 1}`,
      avatar: '',
      gender: 0,
      ...(body.need_enter_session_context === 1 ? { enter_session_context: this.#contextOf(id) } : {}),
    }));
    return { customer_list: list, invalid_external_userid: asked.filter((id) => !isKnown(id)) };
  }

  #contextOf(customer: string): Fields {
    const { sessions } = this.#parts;
    const met = sessions.accounts.map(({ openKfId }) => sessions.of(openKfId, customer).context);
    const context = met.find((found) => found !== null);
    return context ? { scene: context.scene, scene_param: context.sceneParam } : {};
  }

  #contactWay(body: Fields): Fields {
    const { openKfId } = this.#parts.sessions.account(wordsOf(body.open_kfid));
    const scene = wordsOf(body.scene);
    need(/^[0-9a-zA-Z_-]*$/.test(scene) && byteLength(scene) <= MOST_SCENE_BYTES, 40058);
    return { url: `https://work.weixin.qq.com/kfid/${openKfId}?enc_scene=${scene}` };
  }

  #accounts(): Fields {
    const list = this.#parts.sessions.accounts.map(({ openKfId, name }) => {
      return { open_kfid: openKfId, name, avatar: '' };
    });
    return { account_list: list };
  }

  #servicers({ query }: Call): Fields {
    const { servicers } = this.#parts.sessions.account(query.get('open_kfid') ?? '');
    return { servicer_list: servicers.map((userid) => ({ userid, status: 0 })) };
  }
}

function refuseOr(how: number | 'fails-later', failType: number): number {
  if (typeof how === 'number') throw new Refusal(how);
  return failType;
}

/** What a customer's tap on a link of add_contact_way carries along. */
export function sceneOf(url: string): {
  readonly openKfId: string;
  readonly scene: string;
  readonly sceneParam: string;
} {
  const parsed = new URL(url);
  const fields = fieldsOf(Object.fromEntries(parsed.searchParams));
  return {
    openKfId: parsed.pathname.split('/').at(-1) ?? '',
    scene: wordsOf(fields.enc_scene),
    sceneParam: wordsOf(fields.scene_param),
  };
}
