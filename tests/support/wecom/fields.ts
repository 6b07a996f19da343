/** What came in a request, read without believing it. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function has(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

export function byteLength(words: string): number {
  return Buffer.byteLength(words, 'utf8');
}

/** Cut in the middle of a character if need be, as the platform does. */
export function cutToBytes(words: string, most: number): string {
  return byteLength(words) <= most ? words : Buffer.from(words, 'utf8').subarray(0, most).toString('utf8');
}
