import type { IncomingHttpHeaders } from 'node:http';
import { bad } from './refusal.ts';

/** The fields of a call; a file is a name with its bytes. */
export type Fields = Readonly<Record<string, unknown>>;

/** What was sent, as JSON or as a form with files. */
export function fieldsOf(headers: IncomingHttpHeaders, body: Buffer): Fields {
  const type = headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) return JSON.parse(body.toString('utf8')) as Fields;
  const boundary = /^multipart\/form-data;\s*boundary=(\S+)$/u.exec(type)?.[1];
  if (boundary === undefined) throw bad('the body is of no known type');
  return partsOf(body, Buffer.from(`--${boundary}`));
}

/** The parts of a form: words, or a file where the part has the name of one. */
function partsOf(body: Buffer, boundary: Buffer): Fields {
  const fields: Record<string, unknown> = {};
  for (let at = body.indexOf(boundary); ;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (at < 0 || next < 0) return fields;
    const part = body.subarray(at + boundary.length + 2, next - 2);
    at = next;
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString('utf8');
    const bytes = Buffer.from(part.subarray(end + 4));
    const [, name = ''] = /\bname="([^"]*)"/u.exec(head) ?? [];
    const [, filename] = /\bfilename="([^"]*)"/u.exec(head) ?? [];
    fields[name] = filename === undefined ? bytes.toString('utf8') : { name: filename, bytes };
  }
}

/** A field nobody has written down here is a mistake of the caller. */
export function only(fields: Fields, ...names: readonly string[]): void {
  for (const name of Object.keys(fields))
    if (name !== 'method' && !names.includes(name)) throw bad(`field ${name} is not known here`);
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw bad(`${name} is empty`);
  return value;
}
