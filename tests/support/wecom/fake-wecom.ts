import { setTimeout as realWait } from 'node:timers/promises';
import { Acts } from './acts.ts';
import { Callbacks, deliverTo, type CallbackManners, type Deliver } from './callbacks.ts';
import { Chance } from './chance.ts';
import { ContactActs, contactRoutes } from './contacts.ts';
import { FaultPlan } from './faults.ts';
import { Kf, type KfSettings } from './kf.ts';
import { KfActs } from './kf-acts.ts';
import { KfLog } from './kf-log.ts';
import { KfSessions, type KfAccount } from './kf-sessions.ts';
import { Media } from './media.ts';
import { Menu } from './menu.ts';
import { Messages } from './messages.ts';
import { OAuth } from './oauth.ts';
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
  /** Accounts of 微信客服; one is there without this. */
  readonly kfAccounts?: readonly KfAccount[];
  readonly kf?: Partial<KfSettings>;
}

export const SAMPLE_KF = 'wkFAKE0000000000000000000000000001';
const KF_SETTINGS: KfSettings = { capacity: null, late: 95002, sixth: 95001 };

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
  const menu = new Menu();
  const acts = new Acts({ tenant, phones, codes, media, callbacks, menu });
  const kf = kfOf({ tenant, media, callbacks }, options);
  const oauth = new OAuth(tenant);
  const routes: Routes = {
    ...{ ...tokens.routes, ...messages.routes, ...media.routes, ...kf.routes },
    ...{ ...contactRoutes(tenant), ...menu.routes, ...oauth.routes },
  };
  const wait = options.wait ?? ((ms: number) => realWait(ms));
  const page: Page = (...request) => oauth.page(...request) || options.page?.(...request) === true;
  const transport = new Transport({ tenant, tokens, faults, routes, wait, page });
  const url = await transport.listen(options.port ?? 0);
  return {
    ...{ url, tenant, tokens, faults, media, callbacks, acts, messages, menu, oauth },
    /** 微信客服: the guardians' side. `kfSettings` may be changed under way, `kfLog` pages as told. */
    ...{
      kf: kf.acts,
      kfLog: kf.log,
      kfSettings: kf.settings,
      kfFailNext: kf.failNext,
      kfAccounts: kf.accounts,
    },
    contacts: new ContactActs(tenant, acts),
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

function kfOf(
  { tenant, media, callbacks }: { tenant: Tenant; media: Media; callbacks: Callbacks },
  { kfAccounts, kf: given }: FakeWecomOptions,
) {
  const settings: KfSettings = { ...KF_SETTINGS, ...given };
  const servicers = tenant.members.map(({ userid }) => userid);
  const accounts = kfAccounts ?? [{ openKfId: SAMPLE_KF, name: '护童', servicers }];
  const sessions = new KfSessions(tenant, accounts);
  const log = new KfLog(tenant);
  const wake = (openKfId: string): void => void acts.wake(openKfId);
  const kf = new Kf({ tenant, sessions, log, settings, hasMedia: (id) => media.has(id), wake });
  const acts = new KfActs({ tenant, sessions, log, kf, media, callbacks });
  return { accounts, acts, log, settings, routes: kf.routes, failNext: kf.failNext.bind(kf) };
}
