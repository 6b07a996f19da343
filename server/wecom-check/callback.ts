import { plain, say, type Say } from '../domain/say.ts';
import { mend, well, type Finding } from './finding.ts';

/** How the address answered. `status` is null where nothing came. */
export interface CallbackAnswer {
  readonly status: number | null;
  readonly text: string;
  readonly tookMs: number;
}

export interface CallbackPorts {
  /** Where people, and WeCom, find the service; null where PUBLIC_URL is not set. */
  readonly publicOrigin: string | null;
  /** WeCom's own question with this echo in it, signed and locked as WeCom would. */
  questionFor(echo: string): Readonly<Record<string, string>>;
  newEcho(): string;
  look(url: URL): Promise<CallbackAnswer>;
}

export const CALLBACK_PATH = '/channels/wecom/callback';
/** WeCom waits so long for the echo when the address is saved (document 90930). */
const WECOM_WAITS_MS = 1_000;

/** Asks the callback's address what WeCom asks it when an administrator saves it. */
export async function checkCallback(ports: CallbackPorts): Promise<Finding> {
  if (ports.publicOrigin === null)
    return wrong(say('wecom-check.callback-no-address'), say('wecom-check.callback-no-address-step'));
  const url = new URL(CALLBACK_PATH, ports.publicOrigin);
  const address = plain(url.href);
  const echo = ports.newEcho();
  for (const [name, value] of Object.entries(ports.questionFor(echo))) url.searchParams.set(name, value);
  return judged(await ports.look(url), echo, address);
}

function judged({ status, text, tookMs }: CallbackAnswer, echo: string, address: Say): Finding {
  if (status === null)
    return wrong(say('wecom-check.callback-silent', { address }), say('wecom-check.callback-silent-step'));
  if (status >= 300 && status < 400)
    return wrong(
      say('wecom-check.callback-moved', { address, status }),
      say('wecom-check.callback-moved-step'),
    );
  if (status === 403)
    return wrong(say('wecom-check.callback-refused', { address }), say('wecom-check.callback-refused-step'));
  if (status === 404)
    return wrong(say('wecom-check.callback-absent', { address }), say('wecom-check.callback-absent-step'));
  if (status !== 200)
    return wrong(
      say('wecom-check.callback-status', { address, status }),
      say('wecom-check.callback-status-step'),
    );
  if (text !== echo)
    return wrong(say('wecom-check.callback-other', { address }), say('wecom-check.callback-other-step'));
  if (tookMs > WECOM_WAITS_MS)
    return wrong(
      say('wecom-check.callback-slow', { address, ms: Math.round(tookMs) }),
      say('wecom-check.callback-slow-step'),
    );
  return well('callback', say('wecom-check.callback-well', { address }));
}

function wrong(reason: Say, step: Say): Finding {
  return mend('callback', reason, step);
}
