import { plain, say, type Say } from '../say.ts';

/** The longest of the words that stand in place of a value, in any language. */
const IN_ITS_PLACE = 8;

/** How many characters of a notice are left to fill. What was placed first is never driven out by what comes later. */
export class NoticeRoom {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  /** A value as it stands; "not known" where there is none. One that does not fit is asked for by phone, never cut. */
  place(value: string | null): Say {
    const text = value?.trim() ?? '';
    const length = Array.from(text).length;
    if (text !== '' && this.take(Math.max(length, IN_ITS_PLACE))) return plain(text);
    this.#left -= IN_ITS_PLACE;
    return say(text === '' ? 'report-notice.unknown' : 'report-notice.by-phone');
  }

  /** Takes so many characters where they are there. */
  take(length: number): boolean {
    if (length > this.#left) return false;
    this.#left -= length;
    return true;
  }
}
