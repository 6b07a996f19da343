import { sqliteWorld } from '../../support/store-world.ts';
import { describeSqliteFile } from './contract/sqlite-file.ts';
import { describeStore } from './store-contract.ts';

describeStore('SQLite', sqliteWorld, describeSqliteFile);
