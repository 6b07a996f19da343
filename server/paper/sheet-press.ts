import { Worker } from 'node:worker_threads';
import type { WordedSheet } from './sheet-pdf.ts';

/** A form to be set. */
export interface Order {
  readonly id: number;
  readonly sheet: WordedSheet;
  readonly at: Date;
}

/** The form as a PDF; null where it could not be set. The reason stays in the thread: it may quote the form. */
export interface Printed {
  readonly id: number;
  readonly pdf: Uint8Array | null;
}

/** So many forms may wait at once; more are refused, and their turns are tried again (our default). */
const WAITING_LIMIT = 50;
/** A form that takes longer than this hangs: the thread is given up and a new one begun (our default). */
const PATIENCE_MS = 20_000;
/** A thread that holds the font and one form needs far less. */
const HEAP_MB = 192;
const THREAD = new URL('./sheet-thread.mjs', import.meta.url);

interface Waiting {
  readonly resolve: (pdf: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** Does something after a while, unless what it returns is called before. */
type After = (ms: number, act: () => void) => () => void;

/** Sets forms in a thread of its own, begun with the first form, so that nobody's answer waits for a font. */
export class SheetPress {
  readonly #waiting = new Map<number, Waiting>();
  readonly #after: After;
  readonly #waitingLimit: number;
  #worker: Worker | null = null;
  #last = 0;

  constructor(after: After, waitingLimit = WAITING_LIMIT) {
    this.#after = after;
    this.#waitingLimit = waitingLimit;
  }

  /** The form as a PDF. */
  async set(sheet: WordedSheet, at: Date): Promise<Buffer> {
    if (this.#waiting.size >= this.#waitingLimit) throw new Error('too many forms are waiting to be set');
    const worker = (this.#worker ??= this.#begin());
    const id = (this.#last += 1);
    const arrived = this.#after(PATIENCE_MS, () => void this.#giveUp(worker));
    worker.ref();
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        worker.postMessage({ id, sheet, at } satisfies Order);
      });
    } finally {
      arrived();
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    if (this.#worker) await this.#giveUp(this.#worker);
  }

  #begin(): Worker {
    const worker = new Worker(THREAD, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.on('message', ({ id, pdf }: Printed) => {
      const waiting = this.#waiting.get(id);
      if (pdf === null) waiting?.reject(new Error('a form could not be set'));
      else waiting?.resolve(Buffer.from(pdf));
    });
    // Without a listener the error of a thread would end the process.
    worker.on('error', () => void this.#giveUp(worker));
    worker.on('exit', () => void this.#giveUp(worker));
    return worker;
  }

  async #giveUp(worker: Worker): Promise<void> {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error('the thread that sets forms ended'));
    await worker.terminate();
  }
}
