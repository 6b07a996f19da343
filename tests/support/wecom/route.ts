import type { Fields } from './fields.ts';
import type { App } from './tenant.ts';

/** One call of an interface, as its handler sees it. */
export interface Call {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
  /** The bytes as they came, for what compares requests. */
  readonly raw: Buffer;
  readonly contentType: string;
  readonly app: App;
}

/** JSON fields (errcode 0 is added), or bytes of a file. */
export type Reply = Fields | Download;

export class Download {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly name: string;

  constructor(bytes: Buffer, mime: string, name: string) {
    this.bytes = bytes;
    this.mime = mime;
    this.name = name;
  }
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly withoutToken?: true;
  /** Counted by other rules than calls a minute. */
  readonly uncounted?: true;
  /** Calls of this one under way at once. */
  readonly parallel?: number;
  handle(call: Call): Reply;
}

export type Routes = Readonly<Record<string, Route>>;
