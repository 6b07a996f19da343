export const DIRECTOR = 'dir.00001';
export const SUPERVISOR = 'sup.001';

/** The company of the tests: what its administrator would enter here. */
export const TENANT = {
  corpId: 'wx5823bf96d3bd56c7',
  agentId: 1000002,
  secret: 'a-secret-of-the-app',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
} as const;

/** What the company's callbacks are sealed with. */
export const CALLBACK_SEAL = { token: TENANT.token, aesKey: TENANT.aesKey, corpId: TENANT.corpId } as const;

/** The settings of a service that belongs to this company. */
export function wecomEnv(apiBase: string): Readonly<Record<string, string>> {
  return {
    WECOM_CORP_ID: TENANT.corpId,
    WECOM_AGENT_ID: String(TENANT.agentId),
    WECOM_AGENT_SECRET: TENANT.secret,
    WECOM_CALLBACK_TOKEN: TENANT.token,
    WECOM_ENCODING_AES_KEY: TENANT.aesKey,
    WECOM_API_BASE: apiBase,
  };
}
