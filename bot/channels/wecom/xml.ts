import { XMLParser } from 'fast-xml-parser';

/** Lists that may hold one entry or many; everything else appears once. */
const LISTS: ReadonlySet<string> = new Set(['SelectedItem', 'OptionId']);

/** A number in a message is somebody's words and stays as it was written: 007, 1e5, a MsgId beyond 2^53. */
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  ignoreAttributes: true,
  isArray: (name) => LISTS.has(name),
});

/** The elements below `<xml>`; null where the text is not of that form. WeCom sends no DOCTYPE, so none is read. */
export function elementsOf(text: string): Readonly<Record<string, unknown>> | null {
  if (/<!DOCTYPE/i.test(text)) return null;
  try {
    const { xml } = parser.parse(text) as { xml?: unknown };
    return typeof xml === 'object' && xml !== null ? (xml as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
