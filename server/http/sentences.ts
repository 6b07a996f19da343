import type { Language } from './language.ts';

/** One way of saying no over HTTP: the status, and one sentence that says what to do. */
interface Refusal extends Readonly<Record<Language, string>> {
  readonly status: number;
}

/** Every refusal of the HTTP doors. Sentences never repeat what was sent, so nothing personal can come back. */
export const REFUSALS = {
  'bad-request': {
    status: 400,
    zh: '这个请求看不懂,请检查后再发一次。',
    en: 'This request could not be understood. Please check it and send it again.',
  },
  'malformed-json': {
    status: 400,
    zh: '内容不是完整的 JSON,请检查后再发一次。',
    en: 'The body is not valid JSON. Please check it and send it again.',
  },
  'bad-address': {
    status: 400,
    zh: '网址写得不对,请检查后再试。',
    en: 'The address is not written correctly. Please check it and try again.',
  },
  'unsupported-media-type': {
    status: 415,
    zh: '这里只收 JSON,请把 Content-Type 写成 application/json。',
    en: 'Only JSON is accepted here. Please send Content-Type: application/json.',
  },
  'too-large': {
    status: 413,
    zh: '内容太长了,请分几次发。',
    en: 'This is too long. Please send it in several parts.',
  },
  'headers-too-large': {
    status: 431,
    zh: '请求的头部太长了,请减少一些再试。',
    en: 'The headers of this request are too long. Please shorten them and try again.',
  },
  'too-slow': {
    status: 408,
    zh: '等了很久也没有收完,请再发一次。',
    en: 'The request did not arrive in time. Please send it again.',
  },
  'not-found': {
    status: 404,
    zh: '这里没有这个页面。',
    en: 'There is no such page here.',
  },
  forbidden: {
    status: 403,
    zh: '不能打开这个页面。',
    en: 'This page may not be opened.',
  },
  'other-site': {
    status: 403,
    zh: '请直接打开本机的网址,别的网站不能调用这里。',
    en: 'Please open the address of this service directly. Other sites may not call it.',
  },
  busy: {
    status: 429,
    zh: '前面还有很多事没办完,请等一会儿再试。',
    en: 'Many requests are still waiting. Please try again in a moment.',
  },
  internal: {
    status: 500,
    zh: '出了点问题,没有办成。请等一会儿再试。',
    en: 'Something went wrong and this was not done. Please try again in a moment.',
  },
  'not-ready': {
    status: 503,
    zh: '服务还没有准备好,请等一会儿再试。',
    en: 'The service is not ready. Please try again in a moment.',
  },
  closing: {
    status: 503,
    zh: '服务正在重启,请等一会儿再试。',
    en: 'The service is restarting. Please try again in a moment.',
  },

  // ── the simulator ──
  'unknown-account': {
    status: 404,
    zh: '没有这个账号,请从名单里选一个人。',
    en: 'There is no such account. Please choose a person from the list.',
  },
  'bad-sent-at': {
    status: 400,
    zh: '发送时间 sentAt 请写成带时区的时间,例如 2026-11-23T10:00:00+08:00。',
    en: 'Please write sentAt as a time with its zone, for example 2026-11-23T10:00:00+08:00.',
  },
  'unknown-file': {
    status: 404,
    zh: '没有这份文件,或者它不是给这个账号的。',
    en: 'There is no such file, or it is not for this account.',
  },
  'bad-account': {
    status: 400,
    zh: '请写明账号 account,最多100个字。',
    en: 'Please name the account, in at most 100 characters.',
  },
  'text-or-option': {
    status: 400,
    zh: '请写一句话(text)、点一个选项(option),或者发一个文件,一次只发一样。',
    en: 'Please send a text, an option or a file, one of them at a time.',
  },
  'bad-file': {
    status: 400,
    zh: '这个文件没有收好,请再发一次。',
    en: 'This file did not arrive whole. Please send it again.',
  },
  'empty-file': {
    status: 400,
    zh: '这个文件是空的,请再录一次,或者换一张。',
    en: 'This file is empty. Please record it again, or choose another one.',
  },
  'large-file': {
    status: 413,
    zh: '文件太大了。语音最多2MB,照片最多10MB。',
    en: 'This file is too large: at most 2 MB for a voice message and 10 MB for a photo.',
  },
  'long-voice': {
    status: 400,
    zh: '语音太长了,最多60秒,请分几段说。',
    en: 'This voice message is too long: at most 60 seconds. Please say it in several parts.',
  },
  'wrong-file': {
    status: 415,
    zh: '这种文件收不了。语音要 AMR、OGG、MP3、M4A 或 WAV,照片要 JPEG、PNG 或 WebP。',
    en: 'This kind of file is not taken. Voice: AMR, OGG, MP3, M4A or WAV. Photos: JPEG, PNG or WebP.',
  },
  'bad-location': {
    status: 400,
    zh: '位置要写成经纬度,例如 latitude 26.05,longitude 119.3。',
    en: 'A place is a latitude and a longitude in degrees, for example 26.05 and 119.3.',
  },
  'bad-text': {
    status: 400,
    zh: 'text 要写成一句话。',
    en: 'The text must be a string.',
  },
  'empty-text': {
    status: 400,
    zh: '这句话是空的,请写点什么再发。',
    en: 'The message is empty. Please write something first.',
  },
  'long-text': {
    status: 400,
    zh: '这句话太长了,最多4000个字,请分几次发。',
    en: 'The message is too long: at most 4,000 characters. Please send it in several parts.',
  },
  'bad-option': {
    status: 400,
    zh: '没有这个选项,请点消息下面的按钮。',
    en: 'There is no such option. Please use a button below a message.',
  },
  'bad-role': {
    status: 400,
    zh: '身份 role 只能是 director、supervisor、county、guardian 或 carer。',
    en: 'The role must be director, supervisor, county, guardian or carer.',
  },
  'long-search': {
    status: 400,
    zh: '查找的字太多了,最多50个。',
    en: 'Please search with at most 50 characters.',
  },
  'bad-after': {
    status: 400,
    zh: 'after 要写成一个不小于0的整数。',
    en: 'After must be a whole number, 0 or more.',
  },
  'bad-clock': {
    status: 400,
    zh: '时间 now 要带时区,例如 2026-12-01T08:00:00+08:00。',
    en: 'The time must carry its zone, for example 2026-12-01T08:00:00+08:00.',
  },
  'clock-backward': {
    status: 409,
    zh: '时间只能往前拨,不能往回拨。',
    en: 'The clock can be moved forward only.',
  },
  'clock-elsewhere': {
    status: 409,
    zh: '现在是另一个进程在值守,请到那里拨时间。',
    en: 'Another process is the active one. Please move the clock there.',
  },
  'clock-too-far': {
    status: 400,
    zh: '一次最多往前拨两年。',
    en: 'The clock can be moved two years ahead at most.',
  },
  'bad-idempotency-key': {
    status: 400,
    zh: 'Idempotency-Key 最多100个字,只能用英文字母、数字和符号。',
    en: 'The Idempotency-Key may have at most 100 printable ASCII characters.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;

/** The machine-readable name of a refusal, as it stands in `error.code`. */
export type RefusalCode = keyof typeof REFUSALS;
