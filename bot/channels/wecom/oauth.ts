import { z } from 'zod';

/** Where WeCom asks its own app who is there (document 91022), under the address of its log-in. */
const AUTHORIZE = '/connect/oauth2/authorize';

/** A code that was used, is older than five minutes or was never given out (document 90313). */
export const USED_CODE = 40_029;

/** The address that sends a member back to us with a code. `state` holds letters and digits only, 128 at most. */
export function authorizeAddress({
  loginBase,
  corpId,
  agentId,
  comeBackTo,
  state,
}: {
  readonly loginBase: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly comeBackTo: string;
  readonly state: string;
}): string {
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: comeBackTo,
    response_type: 'code',
    scope: 'snsapi_base', // the userid and nothing else of a person
    state,
    agentid: String(agentId),
  });
  return `${new URL(AUTHORIZE, loginBase).href}?${query.toString()}#wechat_redirect`;
}

/** Who stands behind a code: a member of the company by userid, in lower case, or somebody from outside. */
export type Visitor = { readonly kind: 'member'; readonly userid: string } | { readonly kind: 'outsider' };

const member = z.looseObject({ userid: z.string().trim().min(1).max(64).toLowerCase() });
const outsider = z.looseObject({ openid: z.string().min(1) });

/** What `auth/getuserinfo` answered (document 91023); null where it is of no known form. */
export function visitorOf(body: unknown): Visitor | null {
  const inside = member.safeParse(body);
  if (inside.success) return { kind: 'member', userid: inside.data.userid };
  return outsider.safeParse(body).success ? { kind: 'outsider' } : null;
}
