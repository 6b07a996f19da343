import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the operator's own service behaves. */
export type Manners = 'takes' | 'hangs' | 'hangs-in-the-body' | 'breaks' | 'sends-away' | 'hangs-up';

/** The operator's own service: what it was sent, and how it answers. */
export interface OperatorService {
  readonly url: string;
  /** The bodies, as JSON. */
  readonly heard: readonly Readonly<Record<string, unknown>>[];
  manners: Manners;
  close(): Promise<void>;
}

export async function operatorService(): Promise<OperatorService> {
  const heard: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url?.startsWith('/elsewhere') === true) heard.push({ elsewhere: true });
      else heard.push({ ...(JSON.parse(body) as object), type: request.headers['content-type'] });
      switch (service.manners) {
        case 'takes':
          return response.writeHead(204).end();
        case 'breaks':
          return response.writeHead(500).end('broken');
        case 'sends-away':
          return response.writeHead(302, { location: '/elsewhere' }).end();
        case 'hangs-up':
          return request.socket.destroy();
        case 'hangs-in-the-body':
          return response.writeHead(200).write('half of');
        case 'hangs':
          return undefined;
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const service: OperatorService = {
    url: `http://127.0.0.1:${String(port)}/alarm?key=hidden-key`,
    heard,
    manners: 'takes',
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
  return service;
}
