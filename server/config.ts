import { z } from 'zod';

/** The settings of the service: the only place that knows the environment. Names are fixed; see `.env.example`. */
const text = z.string().trim().min(1);
const keyList = text.refine(
  (value) => value.split(',').every((key) => Buffer.from(key, 'base64').length === 32),
  'must be one or more base64 keys of 32 bytes, separated by commas (make one with: openssl rand -base64 32)',
);

const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: text.default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: text
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must begin with file: or postgresql://')
    .default('file:./data/hutong.db'),
  DATA_KEY: keyList.optional(),
  INDEX_KEY: text
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be one base64 key of 32 bytes')
    .optional(),
  WECOM_CORP_ID: text.optional(),
  WECOM_AGENT_ID: text.regex(/^[0-9]{1,10}$/, 'must be the number of the app').optional(),
  WECOM_AGENT_SECRET: text.optional(),
  WECOM_CALLBACK_TOKEN: text.regex(/^[A-Za-z0-9]{1,32}$/, 'must be at most 32 letters and digits').optional(),
  WECOM_ENCODING_AES_KEY: text.regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 letters of the page').optional(),
  WECOM_API_BASE: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_LOGIN_BASE: z.url().default('https://open.weixin.qq.com'),
  WECOM_MAY_VANISH_PERCENT: z.coerce.number().int().min(1).max(100).default(10),
  WECOM_KF_OPEN_KFID: text.max(64).optional(),
  TELEGRAM_BOT_TOKEN: text
    .regex(
      /^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$/,
      'must be the number, a colon and the letters that BotFather gave',
    )
    .optional(),
  TELEGRAM_API_ROOT: z.url().default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_SECRET: text
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'must be at most 256 letters, digits, _ and -')
    .optional(),
  TELEGRAM_MODE: z.enum(['webhook', 'polling']).default('webhook'),
  SIMULATOR: z.enum(['on', 'off']).optional(),
  OPERATOR_ALARM_URL: z
    .url({ protocol: /^https?$/ })
    // A name and a password before the @ would be refused at the first alarm, when it is too late.
    .refine((value) => URL.canParse(value) && new URL(value).username === '', 'must hold no user name')
    .optional(),
  LLM_BASE_URL: z.url().optional(),
  LLM_API_KEY: text.optional(),
  LLM_MODEL: text.optional(),
});

/** Every variable the service reads, for the test that holds `.env.example` to it. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

export interface Settings {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** The host name of PUBLIC_URL; null where the service is reached directly. */
  readonly publicHost: string | null;
  /** PUBLIC_URL without a path or a password; null where it is not set. */
  readonly publicOrigin: string | null;
  readonly database: { readonly provider: 'sqlite' | 'postgresql'; readonly databaseUrl: string };
  /** Null outside production: keys are then made and kept beside the database. */
  readonly keys: { readonly dataKeys: readonly string[]; readonly indexKey: string } | null;
  readonly simulator: boolean;
  /** Where the operator is told that the service has stopped doing its work; null: in the log alone. */
  readonly operatorAlarmUrl: string | null;
  /** Null where WeCom is not set up. */
  readonly wecom: WecomChannelSettings | null;
  /** Null where Telegram is not set up. */
  readonly telegram: TelegramChannelSettings | null;
}

export interface TelegramChannelSettings {
  readonly api: { readonly apiRoot: string; readonly token: string };
  /** What Telegram shows us with every update it sends; null where updates are asked for (polling). */
  readonly secret: string | null;
  /** Where it sends them; null where that is set by hand, or not at all. */
  readonly webhookUrl: string | null;
  /** In production codes and buttons go by Telegram, and nothing personal (docs/decisions/0040). */
  readonly isDiscreet: boolean;
  /** The sentence that stands for what may not be told there. */
  readonly elsewhere: 'telegram.elsewhere' | 'telegram.elsewhere-wecom';
}

export interface WecomChannelSettings {
  readonly api: {
    readonly apiBase: string;
    readonly corpId: string;
    readonly agentId: number;
    readonly agentSecret: string;
  };
  readonly keys: { readonly corpId: string; readonly token: string; readonly encodingAesKey: string };
  /** Where WeCom asks its own app who opens a page. */
  readonly loginBase: string;
  /** The account of 微信客服 by which guardians are reached; null where there is none. */
  readonly openKfId: string | null;
  /** So many of the members we know may be gone within a day before nothing is done (our default: a tenth). */
  readonly mayVanishPercent: number;
}

/** A setting that is missing or wrong, said in sentences an administrator can act on. */
export class SettingsError extends Error {}

/** What each channel needs. */
const CHANNEL_GROUPS = {
  WeCom: [
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_AGENT_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_ENCODING_AES_KEY',
  ],
  // By a webhook Telegram proves with a secret that it is Telegram; where we ask for updates there is nothing to prove.
  Telegram: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'],
} as const;

/** Reads and checks the environment; throws SettingsError naming every wrong variable. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new SettingsError(`设置有误 / wrong settings:\n${problems.join('\n')}`);
  }
  const value = parsed.data;
  const production = value.NODE_ENV === 'production';
  refuseHalfSetChannels(present);
  if (production) requireInProduction(value);
  return {
    production,
    host: value.HOST,
    port: value.PORT,
    publicHost: value.PUBLIC_URL === undefined ? null : new URL(value.PUBLIC_URL).host,
    publicOrigin: value.PUBLIC_URL === undefined ? null : new URL(value.PUBLIC_URL).origin,
    database: {
      provider: value.DATABASE_URL.startsWith('file:') ? 'sqlite' : 'postgresql',
      databaseUrl: value.DATABASE_URL,
    },
    keys: keysOf(value),
    simulator: !production && value.SIMULATOR !== 'off',
    operatorAlarmUrl: value.OPERATOR_ALARM_URL ?? null,
    wecom: wecomOf(value),
    telegram: telegramOf(value),
  };
}

/** The settings of this process. */
export function settingsOfThisProcess(): Settings {
  return settingsFrom(process.env);
}

function wecomOf(value: z.infer<typeof environment>): WecomChannelSettings | null {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agent, WECOM_AGENT_SECRET: agentSecret } = value;
  const { WECOM_CALLBACK_TOKEN: token, WECOM_ENCODING_AES_KEY: encodingAesKey } = value;
  const set = corpId !== undefined && agent !== undefined && agentSecret !== undefined;
  if (!set || token === undefined || encodingAesKey === undefined) return null;
  return {
    api: { apiBase: value.WECOM_API_BASE, corpId, agentId: Number(agent), agentSecret },
    keys: { corpId, token, encodingAesKey },
    loginBase: value.WECOM_LOGIN_BASE,
    openKfId: value.WECOM_KF_OPEN_KFID ?? null,
    mayVanishPercent: value.WECOM_MAY_VANISH_PERCENT,
  };
}

function telegramOf(value: z.infer<typeof environment>): TelegramChannelSettings | null {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, PUBLIC_URL: address } = value;
  if (token === undefined) return null;
  const secret = value.TELEGRAM_MODE === 'webhook' ? (value.TELEGRAM_WEBHOOK_SECRET ?? null) : null;
  const isTold = secret !== null && address !== undefined;
  const webhookUrl = isTold ? new URL('/channels/telegram/webhook', address).href : null;
  const elsewhere = wecomOf(value) === null ? 'telegram.elsewhere' : 'telegram.elsewhere-wecom';
  const isDiscreet = value.NODE_ENV === 'production';
  return { api: { apiRoot, token }, secret, webhookUrl, isDiscreet, elsewhere };
}

function keysOf(value: z.infer<typeof environment>): Settings['keys'] {
  if (value.DATA_KEY === undefined && value.INDEX_KEY === undefined) return null;
  if (value.DATA_KEY === undefined || value.INDEX_KEY === undefined) {
    throw new SettingsError('DATA_KEY 和 INDEX_KEY 要一起设置 / DATA_KEY and INDEX_KEY must be set together');
  }
  return { dataKeys: value.DATA_KEY.split(','), indexKey: value.INDEX_KEY };
}

function requireInProduction(value: z.infer<typeof environment>): void {
  const missing = (['DATA_KEY', 'INDEX_KEY'] as const).filter((name) => value[name] === undefined);
  if (missing.length > 0) {
    throw new SettingsError(`生产环境缺少 / required in production: ${missing.join(', ')}`);
  }
  if (value.SIMULATOR === 'on') {
    throw new SettingsError('SIMULATOR: 生产环境不能打开模拟器 / the simulator is never on in production');
  }
}

function refuseHalfSetChannels(present: Readonly<Record<string, string | undefined>>): void {
  const isPolling = present.TELEGRAM_MODE === 'polling';
  // Asked for where no name of the group is set. 微信客服 speaks through the app of the company: without WeCom it could
  // neither read nor answer. Whoever chooses to ask for updates wants the bot; webhook is what stands there anyway.
  const asked = { WeCom: present.WECOM_KF_OPEN_KFID, Telegram: isPolling ? 'polling' : undefined };
  for (const channel of ['WeCom', 'Telegram'] as const) {
    const names: readonly string[] =
      channel === 'Telegram' && isPolling ? ['TELEGRAM_BOT_TOKEN'] : CHANNEL_GROUPS[channel];
    const missing = names.filter((name) => present[name] === undefined);
    const isAsked = asked[channel] !== undefined;
    if (missing.length > 0 && (isAsked || missing.length < names.length)) {
      throw new SettingsError(`${channel} 只设置了一半,还缺 / is half-set, missing: ${missing.join(', ')}`);
    }
  }
}
