import { MINUTE_MS, SECOND_MS } from './clock.ts';
import { wordsOf, type Fields } from './fields.ts';
import { whoHtml } from './phone-html.ts';
import { need, Refusal } from './refusal.ts';
import type { Call, Routes } from './route.ts';
import type { Tenant } from './tenant.ts';
import type { Page } from './transport.ts';

const CODE_MS = 5 * MINUTE_MS;
const TICKET_SECONDS = { user: 1_800, js: 7_200 };
const AUTHORIZE = '/connect/oauth2/authorize';

/** Who opens a page inside WeCom or WeChat. */
export type Visitor =
  { readonly userid: string } | { readonly openid: string; readonly external_userid?: string };

/** Who stands behind a page: a code that serves once within five minutes. */
export class OAuth {
  /** Who comes by way of the authorize address; null: whoever opens it says who they are. */
  visitor: Visitor | null = null;
  readonly #tenant: Tenant;
  readonly #codes = new Map<
    string,
    { readonly visitor: Visitor; readonly untilMs: number; readonly isPrivate: boolean }
  >();
  readonly #tickets = new Map<string, { readonly userid: string; readonly untilMs: number }>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  readonly routes: Routes = {
    'auth/getuserinfo': { method: 'GET', handle: (call) => this.#who(call) },
    'auth/getuserdetail': { method: 'POST', handle: ({ body }) => this.#detail(body) },
    get_jsapi_ticket: { method: 'GET', handle: () => this.#jsTicket() },
    'ticket/get': { method: 'GET', handle: () => this.#jsTicket() },
  };

  code(visitor: Visitor, isPrivate = false): string {
    const word = this.#tenant.chance.word(32);
    this.#codes.set(word, { visitor, isPrivate, untilMs: this.#nowMs() + CODE_MS });
    return word;
  }

  /** The authorize address: sends the visitor back with a code, to a host that is trusted. */
  readonly page: Page = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname !== AUTHORIZE) return false;
    const problem = this.#refusalOf(url.searchParams);
    const said = url.searchParams.get('as');
    const visitor = this.visitor ?? (said === null ? null : { userid: said });
    if (problem !== null || visitor === null) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(problem === null ? whoHtml(this.#tenant.members, url) : `errcode: ${String(problem)}`);
      return true;
    }
    const target = new URL(url.searchParams.get('redirect_uri') ?? '');
    target.searchParams.set(
      'code',
      this.code(visitor, url.searchParams.get('scope') === 'snsapi_privateinfo'),
    );
    target.searchParams.set('state', url.searchParams.get('state') ?? '');
    response.writeHead(302, { location: target.toString() }).end();
    return true;
  };

  #refusalOf(query: URLSearchParams): number | null {
    const target = query.get('redirect_uri') ?? '';
    if (query.get('appid') !== this.#tenant.corpId) return 40013;
    if (!URL.canParse(target) || !/^[A-Za-z0-9]{0,128}$/.test(query.get('state') ?? '')) return 40058;
    const { trustedDomain } = this.#tenant;
    return trustedDomain !== null && new URL(target).host !== trustedDomain ? 50001 : null;
  }

  #who({ query }: Call): Fields {
    const word = query.get('code') ?? '';
    const code = this.#codes.get(word);
    this.#codes.delete(word);
    need(code !== undefined && this.#nowMs() <= code.untilMs, 40029);
    if (!code.isPrivate || !('userid' in code.visitor)) return { ...code.visitor };
    const ticket = this.#tenant.chance.word(48);
    const untilMs = this.#nowMs() + TICKET_SECONDS.user * SECOND_MS;
    this.#tickets.set(ticket, { userid: code.visitor.userid, untilMs });
    return { ...code.visitor, user_ticket: ticket, expires_in: TICKET_SECONDS.user };
  }

  #detail(body: Fields): Fields {
    const ticket = this.#tickets.get(wordsOf(body.user_ticket));
    if (ticket === undefined || this.#nowMs() > ticket.untilMs) throw new Refusal(40058);
    return {
      userid: ticket.userid,
      gender: '0',
      avatar: '',
      qr_code: '',
      mobile: '',
      email: '',
      address: '',
    };
  }

  #jsTicket(): Fields {
    return { ticket: this.#tenant.chance.word(48), expires_in: TICKET_SECONDS.js };
  }

  #nowMs(): number {
    return this.#tenant.clock.now().getTime();
  }
}
