import { z } from 'zod';
import { DOWNLOAD_LIMIT, type TelegramApi } from '../../bot/channels/telegram/api.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { Job } from '../jobs/rhythm.ts';
import { filesJob } from './files-job.ts';
import type { World } from './world.ts';

/** A file stays longer with Telegram; after so long its sender has told it otherwise (our default). */
const KEPT_MS = 3 * 86_400_000;

const found = z.looseObject({
  file_path: z.string().min(1).max(1_024).optional(),
  file_size: z.number().nonnegative().default(0),
});

/** Photos and voice messages lie with Telegram (core.telegram.org/bots/api#getfile). */
export function telegramFilesJob(
  world: World,
  api: Pick<TelegramApi, 'call' | 'download'>,
  conversation: Conversation,
): Job {
  const fetch = async (fileId: string): Promise<Buffer | 'gone' | 'later'> => {
    const answer = await api.call('getFile', { file_id: fileId });
    if (answer.kind === 'silent') return 'later';
    if (answer.kind === 'refused') return answer.code === 400 ? 'gone' : 'later';
    const file = found.safeParse(answer.result);
    if (!file.success || file.data.file_size > DOWNLOAD_LIMIT) return 'gone';
    if (file.data.file_path === undefined) return 'gone';
    return (await api.download(file.data.file_path)) ?? 'later';
  };
  return filesJob(
    world,
    { job: 'telegram-files', channels: ['telegram'], keptMs: KEPT_MS, fetch },
    conversation,
  );
}
