import { v7 } from 'uuid';

/** Where ids come from: made by the application, so that one batch can refer to its own rows. */
export interface Ids {
  next(): string;
}

/** UUIDv7: sorted by the time they were made. */
export const uuidIds: Ids = { next: () => v7() };
