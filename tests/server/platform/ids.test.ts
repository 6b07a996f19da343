import { expect, test } from 'vitest';
import { validate, version } from 'uuid';
import { uuidIds } from '../../../server/platform/ids.ts';

test('ids are UUIDv7, none twice, and sorted by the order in which they were made', () => {
  const ids = Array.from({ length: 5_000 }, () => uuidIds.next());
  expect(ids.filter((id) => !validate(id) || version(id) !== 7)).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});
