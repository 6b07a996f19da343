import type { FastifyReply } from 'fastify';

/** Pages use their own files only; nobody frames them, and no address leaks to other sites. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store', // answers are about people; a page's own files say otherwise themselves
} as const;

/** Sets the headers that every answer carries. */
export function secure(reply: FastifyReply): void {
  reply.headers(SECURITY_HEADERS);
}
