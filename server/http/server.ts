import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../platform/logger.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { refusalBehind } from './faults.ts';
import { secure } from './headers.ts';
import { registerHealth, type MetricsText, type Readiness } from './health.ts';
import { refuse } from './refusal.ts';
import { logRefusals } from './request-log.ts';
import { REFUSALS } from './sentences.ts';

const BODY_LIMIT_BYTES = 256 * 1024;
const PARAM_LIMIT_CHARS = 200;
/** A request has to arrive whole within this time. */
const REQUEST_TIMEOUT_MS = 30_000;
/** A connection on which nothing moves for so long is closed; routes that work longer lift this themselves. */
const CONNECTION_TIMEOUT_MS = 120_000;
/** A connection that has fallen idle is let go so soon, so that a graceful stop need not wait for it. */
const KEEP_ALIVE_MS = 5_000;

export interface ServerOptions {
  readonly logger: Logger;
  readonly readiness: Readiness;
  readonly metrics: MetricsText;
  /** True where a reverse proxy stands in front and its X-Forwarded headers can be believed. */
  readonly trustProxy?: boolean;
  /** Adds the doors: simulator, console, channels. */
  readonly register?: (app: FastifyInstance) => Promise<void> | void;
}

/**
 * The web server, not listening yet. Whatever goes wrong inside or is sent from outside is answered with
 * `{error: {code, message}}` in the reader's language, and nothing internal. `close()` lets running requests finish.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = bareServer(options);
  const faults = logRefusals(app, options.logger);
  app.addHook('onRequest', async (_request, reply) => {
    secure(reply);
  });
  refuseWhileClosing(app);
  app.removeContentTypeParser('text/plain'); // a form on another site can send it without asking
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 'not-found'));
  app.setErrorHandler((error, request, reply) => {
    const code = refusalBehind(error);
    if (code === 'internal') faults.note(request, error);
    return refuse(request, reply, code);
  });
  registerHealth(app, options.readiness, options.metrics);
  await options.register?.(app);
  await app.ready();
  return app;
}

function bareServer({ logger, trustProxy }: ServerOptions): FastifyInstance {
  return Fastify({
    logger: false, // ours writes no addresses and no bodies
    trustProxy: trustProxy ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: PARAM_LIMIT_CHARS },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
    return503OnClosing: false, // refuseWhileClosing says it in our words
    frameworkErrors: (error, request, reply) => {
      const code = refusalBehind(error);
      secure(reply);
      logger.warn('http-refused', { method: request.method, route: 'none', status: REFUSALS[code].status });
      void refuse(request, reply, code); // no hook runs for an address that cannot be read
    },
    clientErrorHandler: (error, socket) => {
      answerBrokenRequest(error, socket, logger);
    },
  });
}

/** New requests on open connections are sent away while the running ones finish. */
function refuseWhileClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    if (closing) return refuse(request, reply.header('connection', 'close'), 'closing');
    return undefined;
  });
}
