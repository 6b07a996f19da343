import type { RefusalCode } from './sentences.ts';

/** Fastify's own refusals, by their code. */
const BY_CODE: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_BAD_URL: 'bad-address',
  FST_ERR_MAX_PARAM_LENGTH: 'bad-address',
};

const BY_STATUS: Readonly<Record<number, RefusalCode>> = {
  403: 'forbidden',
  404: 'not-found',
  408: 'too-slow',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'busy',
  431: 'headers-too-large',
};

/**
 * The refusal behind an exception of the web server. Whatever is not plainly the caller's doing is `internal`: its
 * message may quote a person and stays inside.
 */
export function refusalBehind(error: unknown): RefusalCode {
  if (!(error instanceof Error)) return 'internal';
  const code = 'code' in error && typeof error.code === 'string' ? BY_CODE[error.code] : undefined;
  if (code !== undefined) return code;
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 400 || status >= 500 || !isOfTheWebServer(error)) return 'internal';
  if (error instanceof SyntaxError) return 'malformed-json'; // also keys that would poison a prototype
  return BY_STATUS[status] ?? 'bad-request';
}

/** A status on any other exception, such as one of an HTTP client inside, says nothing about this request. */
function isOfTheWebServer(error: Error): boolean {
  if (error instanceof SyntaxError) return true;
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('FST_')) return true;
  return 'expose' in error && error.expose === true; // what @fastify/static throws
}
