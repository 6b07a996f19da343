import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Where ids come from: made by the application, so that one batch can refer to its own rows. */
export interface Ids {
  next(): string;
}

const RANDOM_BYTES = 16;
const DRAWN_AT_ONCE = 256;

/** UUIDv7: sorted by the time they were made, and within a millisecond by their order. */
class UuidIds implements Ids {
  /** Random bytes, each used once: asking the system for sixteen at a time cost more than all the rest of an id. */
  readonly #drawn = new Uint8Array(RANDOM_BYTES * DRAWN_AT_ONCE);
  #used = this.#drawn.length;
  #msecs = 0;
  #seq = 0;

  next(): string {
    const random = this.#random();
    const now = Date.now();
    if (now > this.#msecs) {
      this.#msecs = now;
      this.#seq = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1; // leaves room to count on
    } else {
      this.#seq += 1;
    }
    return v7({ random, msecs: this.#msecs, seq: this.#seq });
  }

  #random(): Uint8Array {
    if (this.#used === this.#drawn.length) {
      randomFillSync(this.#drawn);
      this.#used = 0;
    }
    this.#used += RANDOM_BYTES;
    return this.#drawn.subarray(this.#used - RANDOM_BYTES, this.#used);
  }
}

export const uuidIds: Ids = new UuidIds();
