/** What a cookie of ours is. Each is for this host alone, unseen by scripts, and not sent along by other sites' forms. */
export interface OwnCookie {
  readonly name: string;
  readonly value: string;
  /** 0 takes it back. */
  readonly seconds: number;
}

/** Under https the name says to the browser that nobody but this very host may set it (RFC 6265bis §4.1.3). */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/**
 * `SameSite=Lax`: people come back from WeCom's page, and a stricter cookie would not come with them; forms and pictures
 * of other sites still bring none.
 */
export function setCookie({ name, value, seconds }: OwnCookie, secure: boolean): string {
  const end = secure ? '; Secure' : '';
  return `${cookieName(name, secure)}=${value}; Path=/; Max-Age=${String(seconds)}; HttpOnly; SameSite=Lax${end}`;
}

/** The value of one cookie; null where there is none, or where two claim the name. */
export function cookieIn(header: string | undefined, name: string, secure: boolean): string | null {
  const wanted = `${cookieName(name, secure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted));
  return found.length === 1 ? (found[0] ?? '').slice(wanted.length) : null;
}
