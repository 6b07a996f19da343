import type { Callbacks, Delivery, PushOptions } from './callbacks.ts';
import { secondsOf } from './clock.ts';
import type { Fields } from './fields.ts';
import { sceneOf, type Kf } from './kf.ts';
import type { KfLog } from './kf-log.ts';
import { WINDOW_MS, type KfSession, type KfSessions, type KfShown } from './kf-sessions.ts';
import type { Media, MediaFile } from './media.ts';
import type { Tenant } from './tenant.ts';
import { xmlOf } from './xml.ts';

const TAKEN_FROM_POOL = 1;
const ENDED = 3;

export interface KfActParts {
  readonly tenant: Tenant;
  readonly sessions: KfSessions;
  readonly log: KfLog;
  readonly kf: Kf;
  readonly media: Media;
  readonly callbacks: Callbacks;
}

/** What guardians do in WeChat, and the people behind an account. Each act wakes the bot; what happened it has to read. */
export class KfActs {
  readonly #parts: KfActParts;
  #waking: Promise<unknown> = Promise.resolve();

  constructor(parts: KfActParts) {
    this.#parts = parts;
  }

  /** Opens the chat; the first time within 48 hours a welcome may be sent within 20 seconds. */
  enter(openKfId: string, customer: string, scene = '', sceneParam = ''): Promise<Delivery> {
    const { sessions, log, kf } = this.#parts;
    const session = sessions.of(openKfId, customer);
    session.context = { scene, sceneParam };
    const now = sessions.nowMs();
    const isQuiet = (sinceMs: number | null) => sinceMs === null || now - sinceMs > WINDOW_MS;
    const mayWelcome = isQuiet(session.welcomedMs) && isQuiet(session.lastInboundMs);
    log.event(openKfId, 'enter_session', {
      external_userid: customer,
      scene,
      ...(sceneParam === '' ? {} : { scene_param: sceneParam }),
      ...(mayWelcome ? { welcome_code: kf.eventCode(session, true) } : {}),
    });
    return this.wake(openKfId);
  }

  /** Follows a link or a code made with add_contact_way. */
  follow(url: string, customer: string): Promise<Delivery> {
    const { openKfId, scene, sceneParam } = sceneOf(url);
    return this.enter(openKfId, customer, scene, sceneParam);
  }

  say(openKfId: string, customer: string, words: string): Promise<Delivery> {
    return this.#says(openKfId, customer, { msgtype: 'text', text: { content: words } });
  }

  /** Takes an entry of the last menu. */
  tapMenu(openKfId: string, customer: string, id: string): Promise<Delivery> {
    const menus = this.phone(openKfId, customer).filter(({ menu }) => menu.length > 0);
    const item = menus.at(-1)?.menu.find((entry) => entry.id === id);
    if (item === undefined) throw new Error(`No entry ${id} in the last menu of ${customer}.`);
    return this.#says(openKfId, customer, { msgtype: 'text', text: { content: item.text, menu_id: id } });
  }

  send(
    openKfId: string,
    customer: string,
    kind: 'image' | 'voice' | 'video' | 'file',
    file: MediaFile,
  ): Promise<Delivery> {
    const content = { media_id: this.#parts.media.keep(file) };
    return this.#says(openKfId, customer, { msgtype: kind, [kind]: content });
  }

  /** Switches messages of the account off; what is sent from now on fails afterwards. */
  reject(openKfId: string, customer: string, rejects = true): Promise<Delivery> {
    this.#parts.sessions.of(openKfId, customer).rejects = rejects;
    return this.#event(openKfId, 'reject_customer_msg_switch_change', {
      external_userid: customer,
      reject_switch: rejects ? 1 : 0,
    });
  }

  recall(openKfId: string, customer: string, msgid: string): Promise<Delivery> {
    return this.#event(openKfId, 'user_recall_msg', { external_userid: customer, recall_msgid: msgid });
  }

  /** A person of the service takes the chat. */
  servicerTakes(openKfId: string, customer: string, servicer: string): Promise<Delivery> {
    const session = this.#parts.sessions.of(openKfId, customer);
    session.state = 3;
    session.servicer = servicer;
    return this.#event(openKfId, 'session_status_change', {
      external_userid: customer,
      change_type: TAKEN_FROM_POOL,
      new_servicer_userid: servicer,
    });
  }

  servicerSays(openKfId: string, customer: string, words: string): Promise<Delivery> {
    const session = this.#parts.sessions.of(openKfId, customer);
    const text = { content: words };
    const servicer = { servicer_userid: session.servicer ?? '' };
    const msgid = this.#parts.log.message(openKfId, customer, 5, { ...servicer, msgtype: 'text', text });
    session.phone.push({
      msgid,
      at: this.#parts.tenant.clock.now(),
      kind: 'text',
      text: words,
      menu: [],
      content: text,
    });
    return this.wake(openKfId);
  }

  /** The chat ends; one closing word may be sent within 20 seconds. */
  servicerEnds(openKfId: string, customer: string): Promise<Delivery> {
    const session = this.#parts.sessions.of(openKfId, customer);
    const servicer = session.servicer ?? '';
    session.state = 4;
    session.servicer = null;
    return this.#event(openKfId, 'session_status_change', {
      external_userid: customer,
      change_type: ENDED,
      old_servicer_userid: servicer,
      msg_code: this.#parts.kf.eventCode(session, false),
    });
  }

  /** What stands in the WeChat of a customer. */
  phone(openKfId: string, customer: string): readonly KfShown[] {
    return [...this.#parts.sessions.of(openKfId, customer).phone];
  }

  session(openKfId: string, customer: string): Readonly<KfSession> {
    return this.#parts.sessions.of(openKfId, customer);
  }

  /** The wake-up that tells the bot to read; it says nothing of what happened. */
  wake(openKfId: string, options: PushOptions = {}): Promise<Delivery> {
    const { tenant, callbacks, log } = this.#parts;
    const xml = xmlOf([
      ['ToUserName', tenant.corpId],
      ['CreateTime', secondsOf(tenant.clock)],
      ['MsgType', 'event'],
      ['Event', 'kf_msg_or_event'],
      ['Token', log.newToken(openKfId)],
      ['OpenKfId', openKfId],
    ]);
    const waking = callbacks.push(xml, null, options);
    this.#waking = Promise.all([this.#waking, waking]);
    return waking;
  }

  /** Until every wake-up that is under way has been answered or given up. */
  async settled(): Promise<void> {
    await this.#waking;
  }

  #says(openKfId: string, customer: string, content: Fields): Promise<Delivery> {
    const session = this.#parts.sessions.of(openKfId, customer);
    this.#parts.sessions.inbound(session);
    this.#parts.log.message(openKfId, customer, 3, content);
    return this.wake(openKfId);
  }

  #event(openKfId: string, type: string, fields: Fields): Promise<Delivery> {
    this.#parts.log.event(openKfId, type, fields);
    return this.wake(openKfId);
  }
}
