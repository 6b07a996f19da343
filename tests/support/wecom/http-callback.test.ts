import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleWecom, SmallBot } from './sample-tenant.ts';

const made: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of made.splice(0)) await stop();
});

/** A bot that listens on a port, and the fake that calls it. */
async function start(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, Buffer.concat(parts).toString('utf8'), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/channels/wecom/callback`;
  const { wecom } = await sampleWecom();
  wecom.setCallbackUrl(address);
  made.push(
    () => wecom.stop(),
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return wecom;
}

describe('the callback over HTTP', () => {
  it('is verified with GET and brought with POST as text/xml, to the address that was set', async () => {
    const bot = new SmallBot();
    const seen: (string | undefined)[] = [];
    const wecom = await start((request, body, response) => {
      const [path, query = ''] = (request.url ?? '').split('?');
      seen.push(request.method, path, request.headers['content-type']);
      const isGet = request.method === 'GET';
      void bot
        .deliver({ method: isGet ? 'GET' : 'POST', query, body: isGet ? null : body }, 0)
        .then((answer) => {
          response.writeHead(answer.status).end(answer.body);
        });
    });
    expect(await wecom.callbacks.verify({ plusInEcho: true })).toMatchObject({ ok: true });
    expect(await wecom.say('sup.001', ']]> & 待办')).toMatchObject({ received: true });
    const path = '/channels/wecom/callback';
    expect(seen).toEqual(['GET', path, undefined, 'POST', path, 'text/xml; charset=utf-8']);
    expect(bot.heard[0]).toContain(']]]]><![CDATA[> & 待办');
  });

  it('silence and a closed connection are no answer, a page that moved is a wrong one', async () => {
    let how: 'silent' | 'closes' | 'moved' = 'silent';
    const wecom = await start((_request, _body, response) => {
      if (how === 'closes') response.destroy();
      if (how === 'moved') response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const { manners } = wecom.callbacks;
    const statuses = async () => (await wecom.say('sup.001', '待办')).attempts.map(({ status }) => status);
    manners.answerWithinMs = 50; // however late the bot is, it never answers
    expect(await statuses()).toEqual([null, null, null, null]);
    manners.answerWithinMs = 5_000;
    how = 'closes';
    expect(await statuses()).toEqual([null, null, null, null]);
    how = 'moved';
    expect(await statuses()).toEqual([302]);
  });

  it('without an address nothing is brought', async () => {
    const { wecom } = await sampleWecom();
    made.push(() => wecom.stop());
    expect(await wecom.say('sup.001', '待办')).toMatchObject({ received: false });
  });
});
