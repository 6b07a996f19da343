import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cookieIn, setCookie, type OwnCookie } from '../http/cookies.ts';
import { languageOf } from '../http/language.ts';
import { say, type Say } from '../domain/say.ts';

/** Why somebody is not let in. `again`: this log-in cannot be used (any more), another one can. */
export type NotIn = 'again' | 'unknown' | 'outsider' | 'busy';

/** Who is signed in, and until when (real time). */
export interface SignedIn {
  readonly name: string;
  readonly role: string;
  readonly until: string;
}

/** What the log-in pages ask of the service. */
export interface LoginDoor {
  /** Whether people come by https, so that no cookie ever travels unlocked. */
  readonly secure: boolean;
  /** What binds the log-in to this browser, and where WeCom is asked; null where PUBLIC_URL is not set. */
  begin(): { readonly ticket: string; readonly seconds: number; readonly location: string } | null;
  /** Back from WeCom. `in` begins a session; `already` leaves the one that lives. */
  finish(given: {
    readonly query: unknown;
    readonly ticket: string | null;
    readonly session: string | null;
  }): Promise<
    | { readonly kind: 'in'; readonly session: string; readonly seconds: number }
    | { readonly kind: 'already' }
    | { readonly kind: 'not-in'; readonly why: NotIn }
  >;
  who(session: string | null): Promise<SignedIn | null>;
  end(session: string | null): Promise<void>;
  render(language: 'zh-CN' | 'en', sentence: Say): string;
}

export const LOGIN_PATH = '/channels/wecom/login';
export const COME_BACK_PATH = '/channels/wecom/login/callback';
const ME_PATH = '/channels/wecom/me';
const LOGOUT_PATH = '/channels/wecom/logout';

const TICKET = 'hutong-login';
const SESSION = 'hutong-session';
const BODY_LIMIT_BYTES = 1_024;

const STATUS: Readonly<Record<NotIn, number>> = { again: 403, unknown: 403, outsider: 403, busy: 503 };

/**
 * The log-in by WeCom (documents 91022 and 91023). Every address people are sent to is written here: nothing that comes
 * with a request decides it. HEAD is not answered, for a code serves once.
 */
export async function registerWecomLogin(app: FastifyInstance, door: LoginDoor): Promise<void> {
  const cookie = (request: FastifyRequest, name: string): string | null =>
    cookieIn(request.headers.cookie, name, door.secure);
  const put = (reply: FastifyReply, ...cookies: readonly OwnCookie[]): FastifyReply =>
    reply.header(
      'set-cookie',
      cookies.map((one) => setCookie(one, door.secure)),
    );
  const noHead = { exposeHeadRoute: false } as const;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, _body, done) => {
        done(null, null); // the button to leave brings nothing that is read
      },
    );
    scope.get(LOGIN_PATH, noHead, (request, reply) => {
      const begun = door.begin();
      if (begun === null) return show(door, request, reply.code(503), [say('login.not-set-up')]);
      const { ticket, seconds, location } = begun;
      return put(reply, { name: TICKET, value: ticket, seconds }).redirect(location, 302);
    });
    scope.get(COME_BACK_PATH, noHead, async (request, reply) => {
      const { query } = request;
      const came = { query, ticket: cookie(request, TICKET), session: cookie(request, SESSION) };
      const result = await door.finish(came);
      const used = { name: TICKET, value: '', seconds: 0 };
      if (result.kind === 'in') {
        const begun = { name: SESSION, value: result.session, seconds: result.seconds };
        return put(reply, used, begun).redirect(ME_PATH, 302);
      }
      if (result.kind === 'already') return put(reply, used).redirect(ME_PATH, 302);
      const because = say(`login.${result.why}`);
      return show(door, request, put(reply, used).code(STATUS[result.why]), [because], 'again');
    });
    scope.get(ME_PATH, noHead, async (request, reply) => {
      const who = await door.who(cookie(request, SESSION));
      if (who === null) return show(door, request, reply.code(401), [say('login.not-in')], 'again');
      const { name, role, until } = who;
      const lines = [say('login.in', { name }), say('login.in-as', { role: say(`role.${role}`), until })];
      return show(door, request, reply, lines, 'leave');
    });
    scope.post(LOGOUT_PATH, async (request, reply) => {
      await door.end(cookie(request, SESSION));
      const left = put(reply, { name: SESSION, value: '', seconds: 0 });
      return show(door, request, left, [say('login.out')], 'again');
    });
  });
}

function show(
  door: LoginDoor,
  request: FastifyRequest,
  reply: FastifyReply,
  lines: readonly Say[],
  next: 'again' | 'leave' | null = null,
): FastifyReply {
  const language = languageOf(request.headers['accept-language']) === 'en' ? 'en' : 'zh-CN';
  const words = (sentence: Say): string => escaped(door.render(language, sentence));
  const below = {
    again: `<p><a href="${LOGIN_PATH}">${words(say('login.link-again'))}</a></p>`,
    leave: `<form method="post" action="${LOGOUT_PATH}"><button>${words(say('login.link-leave'))}</button></form>`,
  };
  const body = lines.map((line) => `<p>${words(line)}</p>`).join('');
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${words(say('login.title'))}</title>` +
        `</head><body><main>${body}${next === null ? '' : below[next]}</main></body></html>`,
    );
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}
