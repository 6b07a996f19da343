import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { Job } from '../jobs/rhythm.ts';
import { filesJob } from './files-job.ts';
import type { World } from './world.ts';

/** WeCom keeps a file for three days (document 90254). */
const KEPT_MS = 3 * 86_400_000;

/** Photos and voice messages of colleagues and of families lie with WeCom. */
export function wecomFilesJob(world: World, api: Pick<WecomApi, 'media'>, conversation: Conversation): Job {
  const fetch = async (mediaId: string): Promise<Buffer | 'gone' | 'later'> => {
    const got = await api.media(mediaId);
    if ('bytes' in got) return got.bytes;
    return got.reaction === 'ours' || got.reaction === 'person' ? 'gone' : 'later';
  };
  const port = { job: 'wecom-files', channels: ['wecom', 'kf'], keptMs: KEPT_MS, fetch } as const;
  return filesJob(world, port, conversation);
}
