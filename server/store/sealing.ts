import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { TABLES, type Rows, type TableName } from './generated/tables.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const IVS_AT_ONCE = 256;
const TAG_BYTES = 16;

interface NamedKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Tables whose primary key the database counts are bound by another column that is known before the insert. */
const BOUND_BY: Partial<Record<TableName, string>> = { Inbox: 'externalId', SimulatorMessage: 'outboxId' };

const ENCRYPTED = new Map(
  Object.entries(TABLES).map(([table, columns]) => [
    table as TableName,
    columns.filter((c) => c.encrypted).map((c) => c.name),
  ]),
);

const IDENTITY = new Map(
  Object.entries(TABLES).map(([table, columns]) => [
    table as TableName,
    BOUND_BY[table as TableName] ?? columns.find((c) => c.id)?.name ?? 'id',
  ]),
);

/**
 * Encrypts and decrypts the personal columns (AES-256-GCM). A value is bound to its table, column and record, so a
 * cipher text copied to another row does not open. 个人信息保护法 51: encryption as a security measure.
 */
export class Sealing {
  readonly #keys: readonly NamedKey[];
  readonly #writing: NamedKey;
  readonly #indexKey: Buffer;
  /** Random bytes still to be used, each once: asking the system for twelve at a time cost more than the cipher. */
  #unusedIvs: Buffer = Buffer.alloc(0);

  /** @param dataKeys base64, the first one writes, all of them read. @param indexKey base64, never rotated. */
  constructor(dataKeys: readonly string[], indexKey: string) {
    this.#keys = dataKeys.map((text) => {
      const key = Buffer.from(text, 'base64');
      return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
    });
    const [first] = this.#keys;
    if (!first) throw new Error('no data key');
    this.#writing = first;
    this.#indexKey = Buffer.from(indexKey, 'base64');
  }

  /** The cipher text of one value: key id, then iv, tag and bytes in base64. */
  seal(plain: string, boundTo: string): string {
    const iv = this.#nextIv();
    const cipher = createCipheriv(ALGORITHM, this.#writing.key, iv);
    cipher.setAAD(Buffer.from(boundTo));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `${this.#writing.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
  }

  #nextIv(): Buffer {
    if (this.#unusedIvs.length < IV_BYTES) this.#unusedIvs = randomBytes(IV_BYTES * IVS_AT_ONCE);
    const iv = this.#unusedIvs.subarray(0, IV_BYTES);
    this.#unusedIvs = this.#unusedIvs.subarray(IV_BYTES);
    return iv;
  }

  /** The value behind a cipher text; throws when key, binding or bytes do not fit. */
  open(sealed: string, boundTo: string): string {
    const dot = sealed.indexOf('.');
    const named = this.#keys.find((k) => k.id === sealed.slice(0, dot));
    if (!named) throw new Error('no key opens this value');
    const bytes = Buffer.from(sealed.slice(dot + 1), 'base64');
    const decipher = createDecipheriv(ALGORITHM, named.key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(boundTo));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  }

  /** A keyed digest for exact look-ups; the same text gives the same digest within one purpose. */
  blindIndex(purpose: string, text: string): string {
    return createHmac('sha256', this.#indexKey).update(`${purpose}\0${text}`).digest('base64url');
  }

  /** A row as the database keeps it. `partial` rows (an update) name their record by `id`. */
  sealRow(
    table: TableName,
    row: Readonly<Record<string, unknown>>,
    id?: string,
  ): Readonly<Record<string, unknown>> {
    const columns = (ENCRYPTED.get(table) ?? []).filter((column) => typeof row[column] === 'string');
    if (columns.length === 0) return row;
    const out: Record<string, unknown> = { ...row };
    const identity = id ?? String(row[IDENTITY.get(table) ?? 'id']);
    for (const column of columns) {
      if (id !== undefined && table in BOUND_BY)
        throw new Error(`${table}.${column} is written once, or erased`);
      out[column] = this.seal(String(row[column]), `${table}.${column}.${identity}`);
    }
    return out;
  }

  /** A row as the code reads it. */
  openRow<T extends TableName>(table: T, row: Rows[T]): Rows[T] {
    const columns = ENCRYPTED.get(table) ?? [];
    if (columns.length === 0) return row;
    const out: Record<string, unknown> = { ...row };
    const identity = String(out[IDENTITY.get(table) ?? 'id']);
    for (const column of columns) {
      const value = out[column];
      if (typeof value === 'string') out[column] = this.open(value, `${table}.${column}.${identity}`);
    }
    return out as unknown as Rows[T];
  }
}
