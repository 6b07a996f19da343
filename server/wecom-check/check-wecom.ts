import { checkAccount } from './account.ts';
import type { Asking } from './answers.ts';
import { checkCallback, type CallbackPorts } from './callback.ts';
import { waits, type Finding } from './finding.ts';
import { checkKf } from './kf.ts';
import { checkRange } from './range.ts';

export interface CheckPorts {
  readonly asking: Asking;
  readonly agentId: number;
  readonly openKfId: string | null;
  readonly callback: CallbackPorts;
  /** The WeCom accounts of everybody imported; null where there is no roster to read. */
  staff(): Promise<readonly string[] | null>;
}

/** Everything an administrator may have set wrongly. Asks and looks, and changes nothing anywhere. */
export async function checkWecom(ports: CheckPorts): Promise<readonly Finding[]> {
  const { asking, agentId, openKfId } = ports;
  const { findings, agent } = await checkAccount(asking, agentId);
  const callback = await checkCallback(ports.callback);
  const isIn = agent !== null;
  return [
    ...findings,
    callback,
    isIn || openKfId === null ? await checkKf(asking, openKfId) : waits('kf'),
    isIn ? await checkRange(asking, agent, await ports.staff()) : waits('range'),
  ];
}
