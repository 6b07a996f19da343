import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../../../server/http/health.ts';
import { buildServer } from '../../../server/http/server.ts';
import { createLogger } from '../../../server/platform/logger.ts';
import { createMetrics } from '../../../server/platform/metrics.ts';

export const READY: Readiness = { check: async () => ({ ready: true, checks: { database: true } }) };

/** A server whose log can be read. */
export async function testServer(
  register?: (app: FastifyInstance) => Promise<void> | void,
  readiness: Readiness = READY,
): Promise<{ app: FastifyInstance; log: string[]; lines: () => Record<string, unknown>[] }> {
  const log: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      log.push(String(chunk));
      done();
    },
  });
  const app = await buildServer({
    logger: createLogger(sink),
    readiness,
    metrics: createMetrics(),
    ...(register ? { register } : {}),
  });
  return { app, log, lines: () => log.map((line) => JSON.parse(line)) };
}
