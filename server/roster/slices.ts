/** Lets whatever else waits in this process have its turn. */
export async function breathe(): Promise<void> {
  await new Promise(setImmediate);
}

/** The same as `map`, with room for other work after every `size` items. */
export async function mapInSlices<Item, Value>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Value,
): Promise<Value[]> {
  const values: Value[] = [];
  for (let at = 0; at < items.length; at += size) {
    for (const item of items.slice(at, at + size)) values.push(work(item));
    await breathe();
  }
  return values;
}
