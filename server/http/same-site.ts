import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from './refusal.ts';

/**
 * Sends away what another site's page sends (its Origin is not ours), and, while the service listens on loopback only,
 * requests for a name that is not loopback's: a page whose name was rebound to 127.0.0.1 would otherwise read along.
 * @param hosts further names under which the service is reached, such as the host of PUBLIC_URL; without port.
 */
export function refuseOtherSites(app: FastifyInstance, hosts: readonly string[]): void {
  const ours = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook('onRequest', async (request, reply) => {
    if (!hostAllowed(request, ours) || !originAllowed(request, ours))
      return refuse(request, reply, 'other-site');
    return undefined;
  });
}

function hostAllowed(request: FastifyRequest, ours: ReadonlySet<string>): boolean {
  const host = hostOf(`http://${request.host}`);
  if (host === null) return false;
  return isLoopback(host.hostname) || ours.has(host.hostname) || !listensOnLoopbackOnly(request.server);
}

function originAllowed(request: FastifyRequest, ours: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  const from = hostOf(origin);
  if (from === null) return false; // also the opaque origin `null`
  return ours.has(from.hostname) || from.host === hostOf(`${from.protocol}//${request.host}`)?.host;
}

/** An address of scheme, host and port alone, as the headers Origin and Host make them; null for anything else. */
function hostOf(address: string): URL | null {
  if (!/^https?:\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]\\]+)(:\d{1,5})?$/i.test(address)) return null;
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** True also before the server listens anywhere. */
function listensOnLoopbackOnly(app: FastifyInstance): boolean {
  return app.addresses().every((at) => typeof at === 'string' || isLoopback(at.address)); // text: a local socket
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|\[?::ffff:127\..*)$/.test(host);
}
