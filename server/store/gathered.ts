import { breathe } from '../platform/waiting.ts';

/**
 * Looks rows up together: whoever asks while the event loop goes round once shares one query with the others. With 500
 * people at once a question of each of them would cost more than everything else.
 */
export function gathered<V>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | null> {
  let asked = new Set<string>();
  let answer: Promise<ReadonlyMap<string, V>> | null = null;
  const loadAsked = async (): Promise<ReadonlyMap<string, V>> => {
    await breathe();
    const keys = [...asked];
    asked = new Set();
    answer = null;
    return load(keys);
  };
  return async (key) => {
    asked.add(key);
    answer ??= loadAsked();
    return (await answer).get(key) ?? null;
  };
}
