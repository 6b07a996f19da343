import { register } from 'tsx/esm/api';

// A thread does not inherit the loader of the process that begins it.
register();
await import('./sheet-worker.ts');
