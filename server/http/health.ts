import type { FastifyInstance } from 'fastify';
import { languageOf } from './language.ts';
import { errorBody } from './refusal.ts';

/** Whether the service can do its work now: the database answers, the planner ran, nothing waits too long. */
export interface Readiness {
  check(): Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, boolean>> }>;
}

/** What `/metrics` shows. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** `/healthz` says that the process runs, `/readyz` whether it can work, `/metrics` how it goes (Prometheus text). */
export function registerHealth(app: FastifyInstance, readiness: Readiness, metrics: MetricsText): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (request, reply) => {
    const failing = await failingChecks(readiness);
    if (failing.length === 0) return { status: 'ready', failing };
    const language = languageOf(request.headers['accept-language']);
    return reply.code(503).send({ status: 'not-ready', failing, ...errorBody('not-ready', language) });
  });

  app.get('/metrics', async (_request, reply) => {
    const text = await metrics.text();
    return reply.type(metrics.contentType).send(text);
  });
}

/** The names of the checks that fail; a check that cannot even be made fails as `readiness`. */
async function failingChecks(readiness: Readiness): Promise<readonly string[]> {
  try {
    const { ready, checks } = await readiness.check();
    const failing = Object.keys(checks).filter((name) => checks[name] !== true);
    return ready || failing.length > 0 ? failing : ['readiness'];
  } catch {
    return ['readiness'];
  }
}
