import type { Fields } from './fields.ts';
import { shownCard, wordsOfCard, type Shown } from './shown.ts';

/** What was sent to one or more members with one call. */
export interface SentMessage {
  readonly msgid: string;
  readonly at: Date;
  readonly kind: string;
  readonly text: string;
  readonly card: Fields | null;
  readonly content: Fields;
}

interface Copy {
  readonly sent: SentMessage;
  card: Fields | null;
  greyed: string | null;
  updates: number;
  recalled: boolean;
}

/** Every member's phone: what arrived, and what became of it. */
export class Phones {
  readonly #copies = new Map<string, Copy[]>();

  deliver(userid: string, sent: SentMessage): void {
    const phone = this.#copies.get(userid.toLowerCase()) ?? [];
    phone.push({ sent, card: sent.card, greyed: null, updates: 0, recalled: false });
    this.#copies.set(userid.toLowerCase(), phone);
  }

  of(userid: string): readonly Shown[] {
    return (this.#copies.get(userid.toLowerCase()) ?? []).map(shownOf);
  }

  holds(userid: string, msgid: string): boolean {
    return this.#find(userid, msgid) !== undefined;
  }

  recall(msgid: string): void {
    for (const phone of this.#copies.values())
      for (const copy of phone) if (copy.sent.msgid === msgid) copy.recalled = true;
  }

  /** The buttons give way to one grey button with these words. */
  grey(userid: string, msgid: string, words: string): void {
    const copy = this.#find(userid, msgid);
    if (copy === undefined) return;
    copy.greyed = words;
    copy.updates += 1;
  }

  replace(userid: string, msgid: string, card: Fields): void {
    const copy = this.#find(userid, msgid);
    if (copy === undefined) return;
    copy.card = card;
    copy.greyed = null;
    copy.updates += 1;
  }

  #find(userid: string, msgid: string): Copy | undefined {
    return this.#copies.get(userid.toLowerCase())?.find((copy) => copy.sent.msgid === msgid);
  }
}

function shownOf({ sent, card, greyed, updates, recalled }: Copy): Shown {
  const { msgid, at, kind, content } = sent;
  const taskId = typeof sent.card?.task_id === 'string' ? sent.card.task_id : '';
  const shown = card === null ? null : shownCard(card, taskId, updates);
  return {
    ...{ msgid, at, kind, content, recalled },
    text: card === null ? sent.text : wordsOfCard(card),
    card: shown === null ? null : { ...shown, greyed: greyed ?? shown.greyed },
  };
}
