import { DAY_MS, secondsOf } from './clock.ts';
import { need } from './refusal.ts';
import { Download, type Call, type Reply, type Routes } from './route.ts';
import type { Tenant } from './tenant.ts';

const VALID_MS = 3 * DAY_MS;
const MEGABYTE = 1024 * 1024;
const LEAST_BYTES = 5;
const WHOLE_AT_MOST = 20 * MEGABYTE;
const MOST_BYTES: Readonly<Record<string, number>> = {
  image: 10 * MEGABYTE,
  voice: 2 * MEGABYTE,
  video: 10 * MEGABYTE,
  file: 20 * MEGABYTE,
};

export interface MediaFile {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly name: string;
}

/** Files of the corp: what members send and what the bot uploads. Each is kept for three days. */
export class Media {
  readonly #tenant: Tenant;
  readonly #files = new Map<string, MediaFile & { readonly untilMs: number }>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  readonly routes: Routes = {
    'media/get': { method: 'GET', handle: (call) => this.#get(call) },
    'media/upload': { method: 'POST', handle: (call) => this.#upload(call) },
  };

  keep(file: MediaFile): string {
    const id = this.#tenant.chance.word(32);
    this.#files.set(id, { ...file, untilMs: this.#nowMs() + VALID_MS });
    return id;
  }

  has(id: string): boolean {
    return this.file(id) !== null;
  }

  /** What whoever receives it opens. */
  file(id: string): MediaFile | null {
    const file = this.#files.get(id);
    return file !== undefined && this.#nowMs() < file.untilMs ? file : null;
  }

  /** Bytes, or JSON with HTTP 200 like everything that is refused. */
  #get({ query }: Call): Reply {
    const id = query.get('media_id') ?? '';
    const file = this.#files.get(id);
    need(file !== undefined && this.has(id), 40007);
    need(file.bytes.length <= WHOLE_AT_MOST, 830002);
    return new Download(file.bytes, file.mime, file.name);
  }

  #upload({ query, raw, contentType }: Call): Reply {
    const type = query.get('type') ?? '';
    const most = MOST_BYTES[type];
    need(most !== undefined, 40005);
    const file = fileInForm(raw, contentType);
    need(file !== null, 40058);
    need(file.bytes.length > LEAST_BYTES && file.bytes.length <= most, 40006);
    return { errmsg: '', type, media_id: this.keep(file), created_at: String(secondsOf(this.#tenant.clock)) };
  }

  #nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}

/** The part named `media` of a multipart form. */
function fileInForm(raw: Buffer, contentType: string): MediaFile | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const whole = raw.toString('latin1');
  for (const part of whole.split(`--${boundary}`)) {
    const headersEnd = part.indexOf('\r\n\r\n');
    const headers = part.slice(0, headersEnd);
    if (headersEnd < 0 || !/\bname="media"/.test(headers)) continue;
    const body = part.slice(headersEnd + 4).replace(/\r\n$/, '');
    return {
      bytes: Buffer.from(body, 'latin1'),
      name: Buffer.from(/filename="([^"]*)"/.exec(headers)?.[1] ?? 'file', 'latin1').toString('utf8'),
      mime: /content-type:\s*([^\r\n]+)/i.exec(headers)?.[1] ?? 'application/octet-stream',
    };
  }
  return null;
}
