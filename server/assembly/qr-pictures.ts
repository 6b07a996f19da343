import { toBuffer } from 'qrcode';
import type { Needs } from '../../bot/needs.ts';

/** Links as pictures that a camera reads, large enough for paper. */
export async function picturesOf(qrs: Needs['qrs']): Promise<ReadonlyMap<string, Buffer>> {
  const pictures = await Promise.all(
    qrs.map(async ({ fileId, text }) => [fileId, await toBuffer(text, { width: 480, margin: 4 })] as const),
  );
  return new Map(pictures);
}
