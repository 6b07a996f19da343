import { setTimeout as realWait } from 'node:timers/promises';
import { Acts } from './acts.ts';
import { Callbacks, deliverTo, type CallbackManners, type Deliver } from './callbacks.ts';
import { Chance } from './chance.ts';
import { FaultPlan } from './faults.ts';
import { Media } from './media.ts';
import { Messages } from './messages.ts';
import { Phones } from './phones.ts';
import { ResponseCodes } from './response-codes.ts';
import type { Routes } from './route.ts';
import { readAloud, type Shown } from './shown.ts';
import { Tenant, type TenantOptions } from './tenant.ts';
import { Tokens } from './tokens.ts';
import { Transport, type Page } from './transport.ts';

export interface FakeWecomOptions extends TenantOptions {
  /** Token and EncodingAESKey of the callback. */
  readonly token: string;
  readonly aesKey: string;
  /** Where the bot listens; may be set later with `callbackUrl`. */
  readonly callbackUrl?: string;
  /** Instead of an address: hands each request over in the process. */
  readonly deliver?: Deliver;
  readonly manners?: Partial<CallbackManners>;
  /** How a latency passes; by default in real time. */
  readonly wait?: (ms: number) => Promise<void>;
  readonly port?: number;
  readonly page?: Page;
}

export type FakeWecom = Awaited<ReturnType<typeof fakeWecom>>;

/** A WeCom of one's own: the interfaces under `url`, a corp, and its members with their phones. */
export async function fakeWecom(options: FakeWecomOptions) {
  const tenant = new Tenant(options);
  const tokens = new Tokens(tenant);
  const faults = new FaultPlan(new Chance((options.seed ?? 1) + 1));
  const media = new Media(tenant);
  const phones = new Phones();
  const codes = new ResponseCodes(tenant);
  const messages = new Messages({ tenant, phones, codes, hasMedia: (id) => media.has(id) });
  const address = { callbackUrl: options.callbackUrl ?? null };
  const seal = { token: options.token, aesKey: options.aesKey, corpId: options.corpId };
  const deliver = options.deliver ?? deliverTo(() => address.callbackUrl);
  const callbacks = new Callbacks(tenant, seal, deliver, options.manners);
  const acts = new Acts({ tenant, phones, codes, media, callbacks });
  const routes: Routes = { ...tokens.routes, ...messages.routes, ...media.routes };
  const wait = options.wait ?? ((ms: number) => realWait(ms));
  const page = options.page === undefined ? {} : { page: options.page };
  const transport = new Transport({ tenant, tokens, faults, routes, wait, ...page });
  const url = await transport.listen(options.port ?? 0);
  return {
    ...{ url, tenant, tokens, faults, media, callbacks, acts, messages },
    calls: transport.calls,
    /** How often an interface was called: `count('gettoken')`. */
    count: (path: string) => transport.count(path),
    say: acts.say.bind(acts),
    tap: acts.tap.bind(acts),
    choose: acts.choose.bind(acts),
    phone: (userid: string): readonly Shown[] => phones.of(userid),
    /** The phone as one would read it aloud. */
    readPhone: (userid: string): readonly string[] => phones.of(userid).map(readAloud),
    setCallbackUrl: (callbackUrl: string) => void (address.callbackUrl = callbackUrl),
    stop: () => transport.close(),
  };
}
