import { postgresWorld } from '../../support/store-world.ts';
import { describePostgresServer } from './contract/postgres-server.ts';
import { describeStore } from './store-contract.ts';

describeStore('a real PostgreSQL', postgresWorld, describePostgresServer);
