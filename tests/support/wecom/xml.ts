/** What stands in an element: words (in CDATA), a number (bare, as the platform writes it) or further elements. */
export type XmlValue = string | number | bigint | readonly XmlElement[];
export type XmlElement = readonly [name: string, value: XmlValue];

/** CDATA ends at the first `]]>`, so one inside the words is cut in two sections. */
export function cdata(words: string): string {
  return `<![CDATA[${words.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

export function xmlOf(elements: readonly XmlElement[]): string {
  return `<xml>${inside(elements)}</xml>`;
}

function inside(elements: readonly XmlElement[]): string {
  return elements.map(([name, value]) => `<${name}>${content(value)}</${name}>`).join('');
}

function content(value: XmlValue): string {
  if (typeof value === 'string') return cdata(value);
  return Array.isArray(value) ? inside(value) : String(value);
}
