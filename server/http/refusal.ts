import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, type Language } from './language.ts';
import { REFUSALS, type RefusalCode } from './sentences.ts';

/** What every error over HTTP looks like. */
export interface ErrorBody {
  readonly error: { readonly code: RefusalCode; readonly message: string };
}

/** The body of a refusal in the reader's language. */
export function errorBody(code: RefusalCode, language: Language): ErrorBody {
  return { error: { code, message: REFUSALS[code][language] } };
}

/** Answers with the status and sentence of this refusal. */
export function refuse(request: FastifyRequest, reply: FastifyReply, code: RefusalCode): FastifyReply {
  return reply
    .code(REFUSALS[code].status)
    .type('application/json; charset=utf-8')
    .send(errorBody(code, languageOf(request.headers['accept-language'])));
}
