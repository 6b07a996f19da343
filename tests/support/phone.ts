import type { RunningService } from './start-service.ts';

export interface PhoneMessage {
  readonly seq: number;
  readonly at: string;
  readonly lane: string;
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly files?: readonly { readonly id: string; readonly name: string; readonly mime: string }[];
}

/** Somebody's phone, driven through the simulator's HTTP interface as anybody outside would. */
export class Phone {
  readonly #base: string;
  readonly account: string;

  constructor(running: Pick<RunningService, 'url'>, account: string) {
    this.#base = `${running.url}/simulator`;
    this.account = account;
  }

  /** Types words; gives the answers to them. `sentAt`: written then, and without a signal until now. */
  say(text: string, sentAt?: string): Promise<readonly PhoneMessage[]> {
    return this.#post({ account: this.account, text, sentAt });
  }

  /** Sends a voice message, a photo or a place. */
  send(
    what:
      | { readonly voice: { readonly mime: string; readonly base64: string; readonly seconds?: number } }
      | { readonly photo: { readonly mime: string; readonly base64: string } }
      | { readonly location: { readonly latitude: number; readonly longitude: number } },
  ): Promise<readonly PhoneMessage[]> {
    return this.#post({ account: this.account, ...what });
  }

  /** Fetches a file as this account. */
  fetchFile(id: string): Promise<Response> {
    return fetch(`${this.#base}/files/${encodeURIComponent(id)}?account=${encodeURIComponent(this.account)}`);
  }

  /** Plays or looks at every file of the newest message that has any; how many there were. */
  async play(): Promise<number> {
    const files = (await this.received()).findLast((m) => m.files !== undefined)?.files ?? [];
    for (const { id } of files) await (await this.fetchFile(id)).arrayBuffer();
    return files.length;
  }

  /** Presses the button with this label under the newest message that has it. */
  async press(label: string): Promise<readonly PhoneMessage[]> {
    const offered = (await this.received()).flatMap((m) => m.options).findLast((o) => o.label === label);
    if (!offered) throw new Error(`no button ${label} on the phone of ${this.account}`);
    return this.pressId(offered.id);
  }

  /** Presses a button by its id, also one that is long gone. */
  pressId(option: string): Promise<readonly PhoneMessage[]> {
    return this.#post({ account: this.account, option });
  }

  /** Everything this phone received, in order. */
  async received(after = 0): Promise<readonly PhoneMessage[]> {
    const answer = await fetch(
      `${this.#base}/messages?account=${encodeURIComponent(this.account)}&after=${String(after)}`,
    );
    return ((await answer.json()) as { messages: PhoneMessage[] }).messages;
  }

  async #post(body: object): Promise<readonly PhoneMessage[]> {
    const answer = await fetch(`${this.#base}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const read = (await answer.json()) as { replies?: PhoneMessage[]; error?: { message: string } };
    if (!read.replies) throw new Error(read.error?.message ?? `HTTP ${String(answer.status)}`);
    return read.replies;
  }
}

/** Moves the simulator's clock, running everything due on the way. */
export async function moveClock(
  running: Pick<RunningService, 'url'>,
  now: string,
): Promise<{ now: string; sent: number }> {
  const answer = await fetch(`${running.url}/simulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  });
  return (await answer.json()) as { now: string; sent: number };
}
