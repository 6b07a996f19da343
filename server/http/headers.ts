import type { FastifyReply } from 'fastify';

/** Pages use their own files only, and nobody frames them. */
export const OWN_FILES_ONLY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** No address leaks to other sites either. */
const SECURITY_HEADERS = {
  'content-security-policy': OWN_FILES_ONLY,
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
