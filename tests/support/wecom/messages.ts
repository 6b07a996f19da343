import { checkCard, isAsking } from './cards.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
import { contentOf, type Content } from './content.ts';
import { fieldsOf, has, listOf, numberOf, wordsOf, type Fields } from './fields.ts';
import { Recent } from './frequency.ts';
import type { Phones } from './phones.ts';
import { receiversOf } from './receivers.ts';
import { need } from './refusal.ts';
import type { ResponseCodes } from './response-codes.ts';
import type { Call, Routes } from './route.ts';
import type { App, Member, Tenant } from './tenant.ts';

const RECALL_MS = DAY_MS;
const DUPLICATE_SECONDS = { usual: 1_800, most: 14_400 };
const MESSAGES_PER_ACCOUNT_AND_DAY = 200;
const SHANGHAI_MS = 8 * HOUR_MS;
const MOST_UPDATED = { userids: 1_000, others: 100 };

interface Taken {
  readonly answer: Fields;
  readonly untilMs: number;
}

interface Sent {
  readonly agentId: number | null;
  readonly atMs: number;
}

export interface MessageParts {
  readonly tenant: Tenant;
  readonly phones: Phones;
  readonly codes: ResponseCodes;
  readonly hasMedia: (mediaId: string) => boolean;
}

/** message/send, message/recall and message/update_template_card. */
export class Messages {
  /** Messages that never arrived because the member had too many, and sends that the duplicate check dropped. */
  readonly dropped = { byFrequency: 0, asDuplicate: 0 };
  readonly #parts: MessageParts;
  readonly #taken = new Map<string, Taken>();
  readonly #sent = new Map<string, Sent>();
  readonly #taskIds = new Set<string>();
  readonly #received = new Map<string, Recent>();
  #today = { day: 0, count: 0 };

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  readonly routes: Routes = {
    'message/send': { method: 'POST', uncounted: true, handle: (call) => this.#send(call) },
    'message/recall': { method: 'POST', handle: (call) => this.#recall(call) },
    'message/update_template_card': { method: 'POST', handle: (call) => this.#update(call) },
  };

  #send({ app, body, raw }: Call): Fields {
    checkAgent(app, body.agentid);
    const content = contentOf(body, this.#parts.hasMedia);
    const receivers = receiversOf(this.#parts.tenant, body);
    const duplicate = this.#duplicate(app, body, raw);
    if (duplicate?.answer !== undefined) return { ...receivers.named, ...duplicate.answer };
    this.#claimTaskId(app, content);
    this.#countToday(receivers.members.length);
    const msgid = this.#deliver(app, content, receivers.members);
    const asks = content.card !== null && isAsking(content.card);
    const made = asks ? { msgid, response_code: this.#parts.codes.issue(msgid, app.agentId) } : { msgid };
    if (duplicate !== null) this.#remember(duplicate, made);
    return { ...receivers.named, ...made };
  }

  /** Compared are the bytes of the request: a retry that writes the same otherwise is another message. */
  #duplicate(app: App, body: Fields, raw: Buffer): { key: string; untilMs: number; answer?: Fields } | null {
    if (body.enable_duplicate_check !== 1) return null;
    const seconds = numberOf(body.duplicate_check_interval, DUPLICATE_SECONDS.usual);
    need(seconds >= 1 && seconds <= DUPLICATE_SECONDS.most, 40058);
    const key = `${app.secret}\n${raw.toString('utf8')}`;
    const known = this.#taken.get(key);
    const untilMs = this.#nowMs() + seconds * SECOND_MS;
    if (known === undefined || this.#nowMs() >= known.untilMs) return { key, untilMs };
    this.dropped.asDuplicate += 1;
    const isBare = this.#parts.tenant.unverified.duplicateAnswer === 'bare';
    return { key, untilMs, answer: isBare ? {} : known.answer };
  }

  #remember({ key, untilMs }: { key: string; untilMs: number }, answer: Fields): void {
    this.#taken.set(key, { answer, untilMs });
  }

  #claimTaskId(app: App, { card }: Content): void {
    const taskId = wordsOf(card?.task_id);
    if (taskId === '') return;
    const key = `${app.secret}\n${taskId}`;
    need(!this.#taskIds.has(key), 42014);
    this.#taskIds.add(key);
  }

  /** The quota of the natural day of China. */
  #countToday(people: number): void {
    const day = Math.floor((this.#nowMs() + SHANGHAI_MS) / DAY_MS);
    if (this.#today.day !== day) this.#today = { day, count: 0 };
    const most = this.#parts.tenant.limits.accounts * MESSAGES_PER_ACCOUNT_AND_DAY;
    need(this.#today.count + people <= most, 45009);
    this.#today.count += people;
  }

  #deliver(app: App, content: Content, members: readonly Member[]): string {
    const { tenant, phones } = this.#parts;
    const msgid = tenant.chance.word(48);
    this.#sent.set(msgid, { agentId: app.agentId, atMs: this.#nowMs() });
    for (const member of members) {
      if (this.#isTooMuch(app, member)) this.dropped.byFrequency += 1;
      else phones.deliver(member.userid, { ...content, msgid, at: tenant.clock.now() });
    }
    return msgid;
  }

  /** Above 30 a minute or 1,000 an hour a message vanishes, and nobody is told. */
  #isTooMuch(app: App, member: Member): boolean {
    const key = `${app.secret}\n${member.userid}`;
    const recent = this.#received.get(key) ?? new Recent();
    this.#received.set(key, recent);
    const { perMemberMinute, perMemberHour } = this.#parts.tenant.limits;
    recent.forget(HOUR_MS, this.#nowMs());
    const isFull =
      recent.within(MINUTE_MS, this.#nowMs()) >= perMemberMinute ||
      recent.within(HOUR_MS, this.#nowMs()) >= perMemberHour;
    if (!isFull) recent.add(this.#nowMs());
    return isFull;
  }

  #recall({ app, body }: Call): Fields {
    const msgid = wordsOf(body.msgid);
    const sent = this.#sent.get(msgid);
    need(sent?.agentId === app.agentId && this.#nowMs() - sent.atMs <= RECALL_MS, 40058);
    this.#parts.phones.recall(msgid);
    return {};
  }

  #update({ app, body }: Call): Fields {
    const { phones, codes } = this.#parts;
    checkAgent(app, body.agentid);
    const userids = this.#updatedUsers(body);
    const card = has(body.template_card) ? fieldsOf(body.template_card) : null;
    const name = wordsOf(fieldsOf(body.button).replace_name);
    need(card !== null || name !== '', 40058);
    if (card !== null) checkCard(card, { update: true });
    const msgid = codes.spend(wordsOf(body.response_code), app);
    const missing = userids.filter((userid) => !phones.holds(userid, msgid));
    for (const userid of userids) {
      if (card === null) phones.grey(userid, msgid, name);
      else phones.replace(userid, msgid, card);
    }
    return missing.length === 0 ? {} : { invaliduser: missing };
  }

  #updatedUsers(body: Fields): readonly string[] {
    const userids = listOf(body.userids).map(wordsOf);
    const [parties, tags] = [listOf(body.partyids), listOf(body.tagids)];
    need(userids.length <= MOST_UPDATED.userids, 40032);
    need(parties.length <= MOST_UPDATED.others, 82002);
    need(tags.length <= MOST_UPDATED.others, 82003);
    if (body.atall === 1) return this.#parts.tenant.members.map((member) => member.userid);
    need(userids.length + parties.length + tags.length > 0, 82001);
    const inParties = this.#parts.tenant.members.filter((member) =>
      member.departments.some((id) => parties.includes(id)),
    );
    return [...userids, ...inParties.map((member) => member.userid)];
  }

  #nowMs(): number {
    return this.#parts.tenant.clock.now().getTime();
  }
}

function checkAgent(app: App, agentId: unknown): void {
  need(Number.isSafeInteger(agentId), 40056);
  need(agentId === app.agentId, 301002);
}
