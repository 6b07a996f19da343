import { HandClock, startService, type RunningService } from './start-service.ts';
import { fakeWecom, SAMPLE_KF, type FakeWecom } from './wecom/fake-wecom.ts';

const CORP = 'wx5823bf96d3bd56c7';
const TOKEN = 'QDG6eK';
const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const SECRET = 'a-secret-of-the-app';
const AGENT = '1000002';

/** The environment of a company with 微信客服, but for the address of its WeCom. */
export const KF_ENVIRONMENT = {
  WECOM_CORP_ID: CORP,
  WECOM_AGENT_ID: AGENT,
  WECOM_AGENT_SECRET: SECRET,
  WECOM_CALLBACK_TOKEN: TOKEN,
  WECOM_ENCODING_AES_KEY: KEY,
  WECOM_KF_OPEN_KFID: SAMPLE_KF,
};

export interface KfWorld {
  readonly clock: HandClock;
  readonly wecom: FakeWecom;
  readonly running: RunningService;
  /** What was said is read and answered, and what was queued is on its way. */
  answered(): Promise<void>;
  /** What stands in the WeChat of a guardian. */
  read(customer: string): readonly string[];
  stop(): Promise<void>;
}

/** The whole service and a WeCom of its own with an account of 微信客服. */
export async function startKf(): Promise<KfWorld> {
  const clock = new HandClock('2026-11-25T02:00:00.000Z');
  const wecom = await fakeWecom({
    ...{ clock, corpId: CORP, agentId: Number(AGENT), secret: SECRET, token: TOKEN, aesKey: KEY },
    members: ['dir.00001', 'sup.001', 'sup.002', 'county.desk'],
    kfAccounts: [
      { openKfId: SAMPLE_KF, name: '护童', servicers: ['sup.001'] },
      { openKfId: 'wkANOTHERPROJECT', name: '别的', servicers: [] },
    ],
  });
  const running = await startService({ clock, env: { ...KF_ENVIRONMENT, WECOM_API_BASE: wecom.url } });
  wecom.setCallbackUrl(`${running.url}/channels/wecom/callback`);
  const answered = async (): Promise<void> => {
    await wecom.kf.settled();
    await running.service.beat();
    await running.service.conversation.quiet();
    await running.service.beat();
    await wecom.kf.settled();
  };
  await answered(); // the lists of the morning are out before anybody speaks
  return {
    ...{ clock, wecom, running, answered },
    read: (customer) => wecom.kf.phone(SAMPLE_KF, customer).map(({ text }) => text),
    stop: async () => {
      await running.stop();
      await wecom.stop();
    },
  };
}
