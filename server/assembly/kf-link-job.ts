import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import type { Job } from '../jobs/rhythm.ts';
import { faultOf } from '../platform/logger.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import type { World } from './world.ts';

/** After a try that failed, so long until the next one, on the real clock (our default). */
const RETRY_MS = 30 * 60_000;
/** Where families come from, as 微信客服 tells it with their first step (at most 32 characters, document 94665). */
const SCENE = 'invitation';

/**
 * The link by which families come to 微信客服, asked for once: an invitation is this link with its code as `scene_param`,
 * so that whoever follows it need not type it. Nothing waits for it.
 */
export function kfLinkJob(world: World, api: Pick<WecomApi, 'post'>, openKfId: string): Job {
  const { store, realClock, logger } = world;
  let nextMs: number | null = 0;
  const ask = async (): Promise<void> => {
    const kept = linkIn(await readSetting(store, 'kf-link'));
    if (kept?.openKfId === openKfId) return;
    const { code, body } = await api.post('/cgi-bin/kf/add_contact_way', {
      open_kfid: openKfId,
      scene: SCENE,
    });
    const { url } = body as { url?: unknown };
    if (code !== 0 || typeof url !== 'string') {
      logger.warn('kf link not made', { code });
      nextMs = realClock.now().getTime() + RETRY_MS;
      return;
    }
    const value = JSON.stringify({ openKfId, url });
    await world.commit({ guards: [], writes: [settingWrite('kf-link', value)] });
  };
  return {
    name: 'kf-link',
    nextAt: () => Promise.resolve(null), // it is due by the real clock, at the next tick
    run: () => {
      if (nextMs === null || realClock.now().getTime() < nextMs) return Promise.resolve(0);
      nextMs = null;
      void ask().catch((error: unknown) => {
        nextMs = realClock.now().getTime() + RETRY_MS;
        logger.error('job failed', { job: 'kf-link', ...faultOf(error) });
      });
      return Promise.resolve(0);
    },
  };
}

function linkIn(value: string | null): { readonly openKfId: string; readonly url: string } | null {
  return value === null ? null : (JSON.parse(value) as { readonly openKfId: string; readonly url: string });
}
