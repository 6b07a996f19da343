import { StandingClock } from './clock.ts';
import type { CallbackAnswer, Deliver } from './callbacks.ts';
import { decrypt, sign } from './crypto.ts';
import type { CallbackRequest } from './envelope.ts';
import { fakeWecom, type FakeWecom, type FakeWecomOptions } from './fake-wecom.ts';
import type { Fields } from './fields.ts';

/** An invented tenant for the fake's own tests. */
export const SAMPLE = {
  corpId: 'wwfake0123456789ab',
  agentId: 1000002,
  secret: 'secret-of-the-app',
  token: 'QDG6eK',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
} as const;

export async function sampleWecom(options: Partial<FakeWecomOptions> = {}) {
  const clock = new StandingClock();
  const wecom = await fakeWecom({
    ...{ clock, ...SAMPLE },
    members: [
      'Dir.00001',
      'sup.001',
      { userid: 'hidden', visible: false },
      { userid: 'free', licensed: false },
    ],
    otherApps: [{ agentId: 1000003, secret: 'secret-of-another' }],
    ...options,
  });
  return { wecom, clock, client: await clientOf(wecom, SAMPLE.secret) };
}

/** The least that can talk to the fake: no retry, no cleverness. */
export async function clientOf(wecom: FakeWecom, secret: string) {
  const read = async (path: string, query: Readonly<Record<string, string>>, init: RequestInit = {}) =>
    fetch(`${wecom.url}/cgi-bin/${path}?${new URLSearchParams(query).toString()}`, init);
  const askToken = async (corpsecret = secret, corpid: string = SAMPLE.corpId): Promise<Fields> =>
    (await read('gettoken', { corpid, corpsecret })).json() as Promise<Fields>;
  const first = await askToken();
  let token = String(first.access_token);
  return {
    read,
    askToken,
    get token() {
      return token;
    },
    refresh: async () => {
      token = String((await askToken()).access_token);
    },
    get: async (path: string, query: Readonly<Record<string, string>> = {}): Promise<Fields> =>
      (await read(path, { access_token: token, ...query })).json() as Promise<Fields>,
    post: async (path: string, body: unknown): Promise<Fields> => {
      const init = { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
      return (await read(path, { access_token: token }, init)).json() as Promise<Fields>;
    },
  };
}

export function textTo(touser: string, content: string, more: Fields = {}): Fields {
  return { touser, msgtype: 'text', agentid: SAMPLE.agentId, text: { content }, ...more };
}

export function cardTo(touser: string, card: Fields): Fields {
  return { touser, msgtype: 'template_card', agentid: SAMPLE.agentId, template_card: card };
}

/** The other side of the callback: checks, opens and keeps what comes, and answers as told. */
export class SmallBot {
  readonly heard: string[] = [];
  readonly requests: CallbackRequest[] = [];
  readonly agents: (string | null)[] = [];
  /** What to answer next; `silence` gives none. Afterwards 200. */
  readonly answers: (CallbackAnswer | 'silence')[] = [];

  readonly deliver: Deliver = async (request) => {
    this.requests.push(request);
    const answer = this.answers.shift();
    if (answer === 'silence') throw new Error('no answer in time');
    return answer ?? this.#answer(request);
  };

  #answer({ query, body }: CallbackRequest): CallbackAnswer {
    const parameters = new URLSearchParams(query);
    const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'msg_signature'].map((name) =>
      parameters.get(name),
    );
    const encrypted = parameters.get('echostr') ?? elementOf(body ?? '', 'Encrypt') ?? '';
    const expected = sign(SAMPLE.token, timestamp ?? '', nonce ?? '', encrypted);
    if (signature !== expected) return { status: 403, body: '' };
    const opened = decrypt(SAMPLE.aesKey, encrypted);
    if (opened.receiveId !== SAMPLE.corpId) return { status: 403, body: '' };
    if (body === null) return { status: 200, body: opened.message };
    this.heard.push(opened.message);
    this.agents.push(elementOf(body, 'AgentID'));
    return { status: 200, body: '' };
  }
}

/** The first element of a name: its words out of CDATA, or as they stand. */
export function elementOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|([^<]*))</${name}>`, 's').exec(xml);
  return found === null ? null : (found[1] ?? found[2] ?? '');
}
