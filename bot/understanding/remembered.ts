/** The same few thousand words come again all day; a book that is full begins anew. */
const LIMIT = 20_000;

/** The same reading, looked up and not made again where it was made before. */
export function remembered<T extends string | boolean>(read: (text: string) => T): (text: string) => T {
  const book = new Map<string, T>();
  return (text) => {
    const known = book.get(text);
    if (known !== undefined) return known;
    if (book.size >= LIMIT) book.clear();
    const found = read(text);
    book.set(text, found);
    return found;
  };
}
