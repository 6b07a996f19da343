import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../platform/logger.ts';
import { errorBody } from './refusal.ts';
import { REFUSALS, type RefusalCode } from './sentences.ts';

const BY_CODE: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
};

/** Answers bytes that are no HTTP request at all; there is no header to read a language from. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket, logger: Logger): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const refusal = BY_CODE[error.code ?? ''] ?? 'bad-request';
  const { status } = REFUSALS[refusal];
  logger.warn('http-refused', { method: null, route: 'none', status, code: error.code ?? null });
  if (socket.writable) socket.end(rawAnswer(refusal, status));
  else socket.destroy();
}

function rawAnswer(refusal: RefusalCode, status: number): string {
  const body = JSON.stringify(errorBody(refusal, 'zh'));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
