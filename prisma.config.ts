import { defineConfig } from 'prisma/config';
import { settingsFrom } from './server/config.ts';

/** For `prisma migrate deploy` and `status`, where Prisma's engine can be had; the service itself does not need them. */
const { databaseUrl, provider } = settingsFrom(process.env).database;

export default defineConfig({
  schema: provider === 'sqlite' ? 'prisma/schema.prisma' : 'server/store/generated/postgresql.prisma',
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url: databaseUrl },
});
