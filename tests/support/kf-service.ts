import type { HandClock, RunningService } from './start-service.ts';
import { WecomService } from './wecom-service.ts';
import { SAMPLE_KF, type FakeWecom } from './wecom/fake-wecom.ts';

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
export async function startKf(at?: string): Promise<KfWorld> {
  const service = await WecomService.open({
    ...(at === undefined ? {} : { at }),
    env: { WECOM_KF_OPEN_KFID: SAMPLE_KF },
    members: ['dir.00001', 'sup.001', 'sup.002', 'county.desk'],
    kfAccounts: [
      { openKfId: SAMPLE_KF, name: '护童', servicers: ['sup.001'] },
      { openKfId: 'wkANOTHERPROJECT', name: '别的', servicers: [] },
    ],
  });
  const { clock, wecom, running } = service;
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
    stop: () => service.stop(),
  };
}
