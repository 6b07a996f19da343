/** No answer for so long counts as arrived: whoever receives alarms is not asked twice (our default). */
export const ALARM_TIMEOUT_MS = 8_000;

/** How the operator's own service took an alarm. `unreached`: nobody was there to take it. */
export type Taken = 'taken' | 'refused' | 'unreached';

/** Faults of a connection that was never made: nothing can have arrived. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** POSTs one alarm as JSON. Whatever is at the other end, it takes at most `timeoutMs` and never throws. */
export async function postAlarm(
  url: string,
  body: object,
  post: typeof fetch,
  timeoutMs: number = ALARM_TIMEOUT_MS,
): Promise<Taken> {
  try {
    const answer = await post(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    void answer.body?.cancel().catch(() => undefined); // what it says is of no interest, and may never end
    return answer.ok ? 'taken' : 'refused';
  } catch (error) {
    return NEVER_CONNECTED.has(codeOf(error)) ? 'unreached' : 'refused';
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
