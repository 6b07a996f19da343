import Fastify from 'fastify';
import { uuidIds } from '../../server/platform/ids.ts';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrations.ts';
import { answer, serve } from './programs.ts';

/** A program of the bench: one route, one Prisma create, durable when it answers. What any service on this machine costs. */
const [file = ''] = process.argv.slice(2);
const database = await openDatabase(`file:${file}`);
await migrate(database, () => uuidIds.next());
const app = Fastify();
app.post<{ Body: { account: string; text: string } }>('/create', async (request) => {
  const { account, text } = request.body;
  const row = await database.client.inbox.create({
    data: {
      channel: 'simulator',
      externalId: uuidIds.next(),
      accountId: account,
      sessionKey: account,
      receivedAt: new Date().toISOString(),
      body: text,
      state: 'new',
      attempts: 0,
    },
  });
  return { seq: row.seq };
});
serve(async () => {
  await app.close();
  await database.close();
  return {};
});
answer({ url: `${await app.listen({ host: '127.0.0.1', port: 0 })}/create` });
