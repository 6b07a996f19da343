import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../http/refusal.ts';

/** What Telegram's webhook asks of the service. */
export interface TelegramDoor {
  /** Resolves when what was told is stored. */
  receive(update: unknown): Promise<void>;
}

/** An update is some kilobytes; nothing we ask to be told is longer (our default). */
const BODY_LIMIT_BYTES = 256 * 1024;
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/**
 * `POST /channels/telegram/webhook` (core.telegram.org/bots/api#setwebhook): stored, then answered with nothing. Whoever does
 * not know the secret is told nothing, and the body is not looked at.
 */
export async function registerTelegram(
  app: FastifyInstance,
  secret: string,
  door: TelegramDoor,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) =>
      knows(request, secret) ? undefined : refuse(request, reply, 'forbidden'),
    );
    scope.post('/channels/telegram/webhook', { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      await door.receive(request.body);
      return reply.code(200).send();
    });
  });
}

/** In constant time, whatever its length. */
function knows({ headers }: FastifyRequest, secret: string): boolean {
  const given = headers[SECRET_HEADER];
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
