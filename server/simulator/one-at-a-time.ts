/**
 * Runs pieces of work one after the other, in the order they came.
 * @param limit so many may wait or run at once; beyond that `run` answers null and does nothing.
 */
export class OneAtATime {
  readonly #limit: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#waiting >= this.#limit) return null;
    this.#waiting += 1;
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined); // one that fails does not stop those behind it
    try {
      return await done;
    } finally {
      this.#waiting -= 1;
    }
  }
}
