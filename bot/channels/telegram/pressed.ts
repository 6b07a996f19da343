import type { TelegramApi } from './api.ts';
import type { Pressed } from './arrival.ts';
import { TEXT_UNITS } from './keyboard.ts';

type Api = Pick<TelegramApi, 'call'>;

/** Telegram shows a press as under way until it is answered, and takes one answer (core.telegram.org/bots/api#callbackquery). */
export async function answerPress(api: Api, { queryId }: Pressed): Promise<void> {
  await api.call('answerCallbackQuery', { callback_query_id: queryId });
}

/**
 * Puts what was chosen in the place of the buttons, so that nothing can be pressed twice there. It is only a look: how it
 * ends is nobody's concern.
 */
export async function showPressed(api: Api, chat: string, { message }: Pressed): Promise<void> {
  if (!message?.label) return;
  const where = { chat_id: chat, message_id: message.id };
  const text = `${message.text}\n✓ ${message.label}`;
  if (text.length <= TEXT_UNITS)
    await api.call('editMessageText', { ...where, text, link_preview_options: { is_disabled: true } });
  else await api.call('editMessageReplyMarkup', where);
}
