/** What the platform says instead of doing it. HTTP stays 200; only the number may be relied on. */
export class Refusal extends Error {
  readonly errcode: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(errcode: number, extra: Readonly<Record<string, unknown>> = {}) {
    super(TEXTS[errcode] ?? `error ${errcode}`);
    this.errcode = errcode;
    this.extra = extra;
  }
}

/** Throws unless it holds. */
export function need(holds: boolean, errcode: number): asserts holds {
  if (!holds) throw new Refusal(errcode);
}

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40005: 'invalid type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40032: 'invalid userid list size',
  40056: 'invalid agentid',
  40058: 'invalid request parameter',
  40091: 'secret is invalid',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  42001: 'access_token expired',
  42014: 'invalid task_id',
  43001: 'require GET method',
  43002: 'require POST method',
  44004: 'content is empty',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  48002: 'api forbidden',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  60123: 'invalid party id',
  81013: 'user & party & tag all invalid',
  82001: 'all of user, party and tag are empty',
  82002: 'invalid party list size',
  82003: 'invalid tag list size',
  95000: 'invalid open_kfid',
  95001: 'send msg count limit',
  95002: 'send msg time limit',
  95007: 'invalid msg token',
  95013: 'session end',
  95016: 'not allow trans service state',
  95018: 'send msg session status invalid',
  301002: 'not allow operate another agent with this accesstoken',
};

export function refusalText(errcode: number, text: string, hint: string, ip: string): string {
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return `${text}, hint: [${hint}], from ip: ${ip}, ${more}`;
}
