import { secondsOf } from './clock.ts';
import type { Callbacks, Delivery, PushOptions } from './callbacks.ts';
import type { Media, MediaFile } from './media.ts';
import type { Menu } from './menu.ts';
import type { Phones } from './phones.ts';
import type { ResponseCodes } from './response-codes.ts';
import type { Shown, ShownCard } from './shown.ts';
import type { Tenant } from './tenant.ts';
import { xmlOf, type XmlElement } from './xml.ts';

export interface ActOptions extends PushOptions {
  /** Events in capitals (CLICK), as some clients send them. */
  readonly capitals?: boolean;
  /** The id of the message; by default a new one, above 2^53. */
  readonly msgId?: bigint;
}

/** What was chosen: option ids by the key of the question. */
export type Choice = Readonly<Record<string, string | readonly string[]>>;

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly label: string;
  readonly scale?: number;
}

/** The first id of the public sample, which no double can hold. */
const FIRST_MSG_ID = 4561255354251345929n;

export interface ActParts {
  readonly tenant: Tenant;
  readonly phones: Phones;
  readonly codes: ResponseCodes;
  readonly media: Media;
  readonly callbacks: Callbacks;
  readonly menu: Menu;
}

/** What members do with the app, each as the callback that the platform makes of it. */
export class Acts {
  readonly #parts: ActParts;
  #lastMsgId = FIRST_MSG_ID;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  say(userid: string, words: string, options: ActOptions = {}): Promise<Delivery> {
    return this.#message(userid, 'text', [['Content', words]], options);
  }

  sendImage(userid: string, file: MediaFile, options: ActOptions = {}): Promise<Delivery> {
    const id = this.#parts.media.keep(file);
    const picture = `https://wework.qpic.example/${id}`;
    return this.#message(
      userid,
      'image',
      [
        ['PicUrl', picture],
        ['MediaId', id],
      ],
      options,
    );
  }

  sendVoice(userid: string, file: MediaFile, options: ActOptions = {}): Promise<Delivery> {
    const id = this.#parts.media.keep(file);
    return this.#message(
      userid,
      'voice',
      [
        ['MediaId', id],
        ['Format', 'amr'],
      ],
      options,
    );
  }

  sendVideo(userid: string, file: MediaFile, options: ActOptions = {}): Promise<Delivery> {
    const id = this.#parts.media.keep(file);
    const thumb = this.#parts.media.keep({ ...file, mime: 'image/jpeg', name: 'thumb.jpg' });
    return this.#message(
      userid,
      'video',
      [
        ['MediaId', id],
        ['ThumbMediaId', thumb],
      ],
      options,
    );
  }

  sendLocation(userid: string, place: Place, options: ActOptions = {}): Promise<Delivery> {
    const fields: XmlElement[] = [
      ['Location_X', place.latitude],
      ['Location_Y', place.longitude],
      ['Scale', place.scale ?? 15],
      ['Label', place.label],
      ['AppType', 'wxwork'],
    ];
    return this.#message(userid, 'location', fields, options);
  }

  sendLink(userid: string, title: string, url: string, options: ActOptions = {}): Promise<Delivery> {
    const fields: XmlElement[] = [
      ['Title', title],
      ['Description', title],
      ['Url', url],
      ['PicUrl', url],
    ];
    return this.#message(userid, 'link', fields, options);
  }

  enter(userid: string, options: ActOptions = {}): Promise<Delivery> {
    return this.event(userid, 'enter_agent', [['EventKey', '']], options);
  }

  /** The position that the client reports by itself. */
  reportPosition(userid: string, place: Place, options: ActOptions = {}): Promise<Delivery> {
    const fields: XmlElement[] = [
      ['Latitude', place.latitude],
      ['Longitude', place.longitude],
      ['Precision', 65],
      ['AppType', 'wxwork'],
    ];
    return this.event(userid, 'LOCATION', fields, options);
  }

  /** Where the bot has made a menu, only what is in it can be clicked. */
  clickMenu(userid: string, key: string, options: ActOptions = {}): Promise<Delivery> {
    if (this.#parts.menu.keys?.has(key) === false) throw new Error(`The menu has no ${key}.`);
    return this.event(userid, 'click', [['EventKey', key]], options);
  }

  subscribe(userid: string, options: ActOptions = {}): Promise<Delivery> {
    this.#parts.tenant.known(userid).visible = true;
    return this.event(userid, 'subscribe', [], options);
  }

  unsubscribe(userid: string, options: ActOptions = {}): Promise<Delivery> {
    this.#parts.tenant.known(userid).visible = false;
    return this.event(userid, 'unsubscribe', [], options);
  }

  /** Presses a button of a card; `choice` is what stands chosen above it. `index` counts as in Array.at. */
  tap(
    userid: string,
    index: number,
    key: string,
    choice: Choice = {},
    options: ActOptions = {},
  ): Promise<Delivery> {
    const { shown, card } = this.#cardAt(userid, index);
    const buttons = card.submit === null ? card.buttons : [card.submit];
    if (card.greyed !== null) throw new Error(`The card is grey: ${card.greyed}`);
    if (!buttons.some((button) => button.key === key))
      throw new Error(
        `No button ${key} on this card, only ${buttons.map((button) => button.key).join(', ')}.`,
      );
    return this.#cardEvent(userid, shown, card, 'template_card_event', key, choice, options);
  }

  /** Answers a vote or the lists of a card and presses its button. */
  choose(userid: string, index: number, choice: Choice, options: ActOptions = {}): Promise<Delivery> {
    const key = this.#cardAt(userid, index).card.submit?.key;
    if (key === undefined || key === null) throw new Error('This card asks nothing that is submitted.');
    return this.tap(userid, index, key, choice, options);
  }

  /** Takes an entry of the three dots of a card. */
  tapCardMenu(userid: string, index: number, key: string, options: ActOptions = {}): Promise<Delivery> {
    const { shown, card } = this.#cardAt(userid, index);
    if (!card.menu.some((button) => button.key === key))
      throw new Error(`No entry ${key} in the menu of this card.`);
    return this.#cardEvent(userid, shown, card, 'template_card_menu_event', key, null, options);
  }

  /** Any event of a member, by its fields. */
  event(
    userid: string,
    name: string,
    fields: readonly XmlElement[],
    options: ActOptions = {},
  ): Promise<Delivery> {
    const event: XmlElement = ['Event', options.capitals === true ? name.toUpperCase() : name];
    return this.#push(userid, 'event', [event, ...fields], options);
  }

  /** An event of the corp itself: FromUserName is `sys`, there is no app, and many share a second. */
  systemEvent(name: string, fields: readonly XmlElement[], options: PushOptions = {}): Promise<Delivery> {
    const common = this.#common('sys', 'event');
    return this.#parts.callbacks.push(xmlOf([...common, ['Event', name], ...fields]), null, options);
  }

  #cardEvent(
    userid: string,
    shown: Shown,
    card: ShownCard,
    event: string,
    key: string,
    choice: Choice | null,
    options: ActOptions,
  ): Promise<Delivery> {
    const code = this.#parts.codes.issue(shown.msgid, this.#parts.tenant.app.agentId);
    const items = choice === null ? [] : itemsOf(card, choice);
    const fields: XmlElement[] = [
      ['EventKey', key],
      ['TaskId', card.taskId],
      ['CardType', card.type],
      ['ResponseCode', code],
    ];
    if (items.length > 0) fields.push(['SelectedItems', items]);
    return this.event(userid, event, fields, options);
  }

  #cardAt(userid: string, index: number): { readonly shown: Shown; readonly card: ShownCard } {
    const shown = this.#parts.phones.of(userid).at(index);
    if (shown === undefined || shown.card === null || shown.recalled)
      throw new Error(`No card at ${index} on the phone of ${userid}.`);
    return { shown, card: shown.card };
  }

  #message(
    userid: string,
    kind: string,
    fields: readonly XmlElement[],
    options: ActOptions,
  ): Promise<Delivery> {
    this.#lastMsgId += BigInt(1 + this.#parts.tenant.chance.below(1_000));
    const msgId: XmlElement = ['MsgId', options.msgId ?? this.#lastMsgId];
    return this.#push(userid, kind, [...fields, msgId], options);
  }

  #push(userid: string, kind: string, fields: readonly XmlElement[], options: ActOptions): Promise<Delivery> {
    const { tenant, callbacks } = this.#parts;
    const member = tenant.known(userid);
    const { agentId } = tenant.app;
    const xml = xmlOf([...this.#common(member.userid, kind), ...fields, ['AgentID', agentId]]);
    return callbacks.push(xml, agentId, options);
  }

  #common(from: string, kind: string): readonly XmlElement[] {
    const { corpId, clock } = this.#parts.tenant;
    return [
      ['ToUserName', corpId],
      ['FromUserName', from],
      ['CreateTime', secondsOf(clock)],
      ['MsgType', kind],
    ];
  }
}

/** What was chosen, question by question; options that a card does not offer cannot be chosen. */
function itemsOf(card: ShownCard, choice: Choice): readonly XmlElement[] {
  return Object.entries(choice).map(([key, chosen]): XmlElement => {
    const ids = typeof chosen === 'string' ? [chosen] : chosen;
    const question = card.questions.find((asked) => asked.key === key);
    if (question === undefined || question.disabled) throw new Error(`Nothing is asked under ${key}.`);
    const foreign = ids.find((id) => !question.options.some((option) => option.id === id));
    if (foreign !== undefined) throw new Error(`${key} does not offer ${foreign}.`);
    const options = ids.map((id): XmlElement => ['OptionId', id]);
    return [
      'SelectedItem',
      [
        ['QuestionKey', key],
        ['OptionIds', options],
      ],
    ];
  });
}
