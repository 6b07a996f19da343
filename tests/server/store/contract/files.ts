import { describe, expect, it } from 'vitest';
import { storedFile } from '../../../../server/services/stored-file.ts';
import { insert } from '../../../../server/services/batch.ts';
import { eraseEverything } from '../../../../server/store/erase.ts';
import { fileBytes, fileFacts } from '../../../../server/store/files.ts';
import { sampleFile } from '../../../support/sample-files.ts';
import { batchOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

const PHOTO_BYTES = 3 * 1024 * 1024;

export function describeFiles(world: World): void {
  describe('files', () => {
    const store = useStore(world);
    const photo = (id: string) => {
      const file = {
        id,
        kind: 'photo',
        bytes: sampleFile('image/jpeg', PHOTO_BYTES),
        seconds: null,
        ownerAccountId: 'a1',
        at: new Date('2026-11-23T01:00:00Z'),
      } as const;
      const kept = storedFile(file, (text) => store().sealing.blindIndex('file', text));
      if ('refused' in kept) throw new Error(kept.refused);
      return batchOf(insert('StoredFile', kept.row));
    };

    it('a photo comes back byte by byte, and what is known of it without its bytes', async () => {
      await store().commit(photo('f1'));
      expect((await fileBytes(store(), 'f1'))?.equals(sampleFile('image/jpeg', PHOTO_BYTES))).toBe(true);
      expect(await fileFacts(store(), 'f1')).toEqual({
        id: 'f1',
        kind: 'photo',
        mime: 'image/jpeg',
        sizeBytes: PHOTO_BYTES,
        durationSeconds: null,
        ownerAccountId: 'a1',
        createdAt: '2026-11-23T01:00:00.000Z',
      });
      expect(await fileBytes(store(), 'f2')).toBeNull();
      expect(await fileFacts(store(), 'f2')).toBeNull();
    });

    it('many large photos at once are all kept', async () => {
      await Promise.all(Array.from({ length: 6 }, (_, n) => store().commit(photo(`f${String(n)}`))));
      expect(await store().client.storedFile.count()).toBe(6);
    });

    it('a file copied under another id does not open there', async () => {
      await store().commit(batchOf(...photo('f1').writes, ...photo('f2').writes));
      const { body } = await store().client.storedFile.findUniqueOrThrow({ where: { id: 'f1' } });
      await store().client.storedFile.update({ where: { id: 'f2' }, data: { body } });
      await expect(fileBytes(store(), 'f2')).rejects.toThrow();
    });

    it('files go with everything else when a demo is erased', async () => {
      await store().commit(photo('f1'));
      await eraseEverything(store());
      expect(await store().client.storedFile.count()).toBe(0);
    });
  });
}
