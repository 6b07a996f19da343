import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../http/refusal.ts';

/** What WeCom's callback asks of the service. Null: not from our company, and nobody is told why. */
export interface WecomDoor {
  /** The answer that proves that the address is ours. */
  echo(query: unknown): string | null;
  /** Resolves when what was told is stored. `unread` leaves the callback unanswered by us: it is none of ours. */
  receive(query: unknown, body: string): Promise<'stored' | 'refused'>;
}

const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * `GET|POST /channels/wecom/callback` (developer.work.weixin.qq.com, document 90930): stored, then answered with nothing.
 * What is said goes out by itself, never as the answer to a callback.
 */
export async function registerWecom(app: FastifyInstance, door: WecomDoor): Promise<void> {
  await app.register(async (scope) => {
    // Whatever the sender calls it, it is text until its signature says whose it is.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, done) => {
        done(null, body);
      },
    );
    scope.get('/channels/wecom/callback', async (request, reply) => {
      const echo = door.echo(request.query);
      return echo === null ? refuse(request, reply, 'forbidden') : reply.type('text/plain').send(echo);
    });
    scope.post('/channels/wecom/callback', async (request, reply) => {
      const result = await door.receive(request.query, bodyOf(request));
      return result === 'stored' ? reply.code(200).send() : refuse(request, reply, 'forbidden');
    });
  });
}

function bodyOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}
