import { defineConfig } from 'prisma/config';
import { settingsOfThisProcess } from './server/config.ts';

/** For `prisma migrate deploy` and `status`, where Prisma's engine can be had; the service itself does not need them. */
const { databaseUrl, provider } = settingsOfThisProcess().database;

export default defineConfig({
  schema: provider === 'sqlite' ? 'prisma/schema.prisma' : 'server/store/generated/postgresql.prisma',
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url: databaseUrl },
});
