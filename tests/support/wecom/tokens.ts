import { SECOND_MS } from './clock.ts';
import { need, Refusal } from './refusal.ts';
import type { Routes } from './route.ts';
import type { App, Tenant } from './tenant.ts';

const VALID_SECONDS = 7_200;

interface Token {
  readonly app: App;
  readonly expiresAtMs: number;
  state: 'good' | 'expired' | 'invalid';
}

/** Access tokens, one series for each secret. */
export class Tokens {
  readonly #tenant: Tenant;
  readonly #tokens = new Map<string, Token>();
  readonly #newest = new Map<string, string>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  readonly routes: Routes = {
    gettoken: {
      method: 'GET',
      withoutToken: true,
      handle: ({ query }) => this.#issue(query.get('corpid'), query.get('corpsecret')),
    },
  };

  /** The app a call is made for, or the refusal. */
  appOf(word: string | null): App {
    need(word !== null && word !== '', 41001);
    const token = this.#tokens.get(word);
    need(token !== undefined && token.state !== 'invalid', 40014);
    need(token.state === 'good' && this.#nowMs() < token.expiresAtMs, 42001);
    return token.app;
  }

  /** Every token ends before its time (42001), or is not valid any more (40014). */
  endAll(how: 'expired' | 'invalid'): void {
    for (const token of this.#tokens.values()) token.state = how;
    this.#newest.clear();
  }

  end(word: string | null, how: 'expired' | 'invalid'): void {
    const token = this.#tokens.get(word ?? '');
    if (token === undefined) return;
    token.state = how;
    this.#newest.delete(token.app.secret);
  }

  #issue(corpId: string | null, secret: string | null): Readonly<Record<string, unknown>> {
    need(corpId !== null && corpId !== '', 41002);
    need(secret !== null && secret !== '', 41004);
    need(corpId === this.#tenant.corpId, 40013);
    const app = this.#tenant.apps.find((candidate) => candidate.secret === secret);
    if (app === undefined) throw new Refusal(40001);
    const word = this.#again(app) ?? this.#make(app);
    const left = ((this.#tokens.get(word)?.expiresAtMs ?? 0) - this.#nowMs()) / SECOND_MS;
    return { access_token: word, expires_in: Math.floor(left) };
  }

  #again(app: App): string | null {
    const how = this.#tenant.unverified.gettokenAgain;
    const word = this.#newest.get(app.secret);
    const token = word === undefined ? undefined : this.#tokens.get(word);
    if (word === undefined || token === undefined || this.#nowMs() >= token.expiresAtMs) return null;
    if (how === 'new-ends-old') token.state = 'invalid';
    return how === 'same' ? word : null;
  }

  #make(app: App): string {
    const word = this.#tenant.chance.word(48);
    this.#tokens.set(word, {
      app,
      expiresAtMs: this.#nowMs() + VALID_SECONDS * SECOND_MS,
      state: 'good',
    });
    this.#newest.set(app.secret, word);
    return word;
  }

  #nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}
