import { HandClock, startService, type RunningService } from './start-service.ts';
import { fakeWecom, type FakeWecom, type FakeWecomOptions } from './wecom/fake-wecom.ts';

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

export interface ServiceOnWecom {
  /** The real clock of both sides. */
  readonly clock: HandClock;
  readonly wecom: FakeWecom;
  readonly running: RunningService;
  /** Everything that was said is answered, and what was queued for a later moment is on its way. */
  answered(): Promise<void>;
  /** Stops the service and starts it again on the same data, which `dataDir` has kept. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole service with its demo county, and a WeCom of its own whose members are colleagues of that county. */
export async function serviceOnWecom(
  options: Partial<FakeWecomOptions> = {},
  { dataDir }: { readonly dataDir?: string } = {},
): Promise<ServiceOnWecom> {
  const clock = new HandClock('2026-11-25T02:00:00.000Z');
  const members = [DIRECTOR, SUPERVISOR, 'sup.002', 'county.desk', 'somebody.else'];
  const wecom = await fakeWecom({ clock, ...TENANT, members, ...options });
  const start = async (): Promise<RunningService> => {
    const running = await startService({
      clock,
      env: wecomEnv(wecom.url),
      ...(dataDir === undefined ? {} : { dataDir }),
    });
    wecom.setCallbackUrl(`${running.url}/channels/wecom/callback`);
    return running;
  };
  let running = await start();
  return {
    clock,
    wecom,
    get running() {
      return running;
    },
    answered: async () => {
      await running.service.conversation.quiet();
      await running.service.beat();
    },
    restart: async () => {
      await running.stop();
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await wecom.stop();
    },
  };
}
