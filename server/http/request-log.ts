import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultOf, type LogFields, type Logger } from '../platform/logger.ts';

/** Remembers what went wrong with a request until its one log line is written. */
export interface FaultNotes {
  note(request: FastifyRequest, error: unknown): void;
}

/**
 * One line for every refused (4xx) and every failed (5xx) request: method, route pattern, status, milliseconds. Never
 * the address itself, whose query may name a person, and never a body.
 */
export function logRefusals(app: FastifyInstance, logger: Logger): FaultNotes {
  const faults = new WeakMap<FastifyRequest, LogFields>();
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode >= 500) logger.error('http-fault', lineOf(request, reply, faults.get(request)));
    else if (reply.statusCode >= 400) logger.warn('http-refused', lineOf(request, reply));
  });
  return {
    note: (request, error) => {
      faults.set(request, faultOf(error));
    },
  };
}

function lineOf(request: FastifyRequest, reply: FastifyReply, fault: LogFields = {}): LogFields {
  return {
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    ...fault,
  };
}
