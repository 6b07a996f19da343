import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OWN_FILES_ONLY } from '../http/headers.ts';

/** What was just recorded is listened to out of the page itself, before anything is sent. */
const PAGE_POLICY = `${OWN_FILES_ONLY}; media-src 'self' blob:`;

const PAGE = fileURLToPath(new URL('page/', import.meta.url));

/** The chat page and its files, as they lie in the folder; a browser asks each time whether they changed. */
export async function registerPage(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
    });
    await scope.register(fastifyStatic, {
      root: PAGE,
      prefix: '/simulator/assets/',
      index: false,
      dotfiles: 'ignore',
      cacheControl: false,
    });
    for (const path of ['/simulator', '/simulator/'])
      scope.get(path, (_request, reply) =>
        reply.header('content-security-policy', PAGE_POLICY).sendFile('index.html'),
      );
  });
}
