import { describe, expect, it } from 'vitest';
import { storedFile, type NewFile } from '../../../server/services/stored-file.ts';
import { amrVoice, sampleFile } from '../../support/sample-files.ts';

const MEGABYTE = 1024 * 1024;

function keep(over: Partial<NewFile>) {
  const file: NewFile = {
    id: 'f1',
    kind: 'voice',
    bytes: amrVoice(12),
    seconds: null,
    ownerAccountId: 'a1',
    at: new Date('2026-11-23T01:00:00Z'),
    ...over,
  };
  return storedFile(file, (text) => `digest of ${String(text.length)}`);
}

describe('a file that is to be kept', () => {
  it('carries its own type and length, whatever the sender says', () => {
    expect(keep({ seconds: 3 })).toMatchObject({
      row: { mime: 'audio/amr', durationSeconds: 12, kind: 'voice' },
    });
    expect(keep({ bytes: sampleFile('audio/ogg'), seconds: 9 })).toMatchObject({
      row: { mime: 'audio/ogg', durationSeconds: 9 },
    });
  });

  it.each([
    ['nothing at all', { bytes: Buffer.alloc(0) }, 'empty-file'],
    ['a voice message above 2 MB', { bytes: sampleFile('audio/ogg', 2 * MEGABYTE + 1) }, 'large-file'],
    [
      'a photo above 10 MB',
      { kind: 'photo', bytes: sampleFile('image/png', 10 * MEGABYTE + 1) },
      'large-file',
    ],
    ['a voice message above a minute, by its bytes', { bytes: amrVoice(61), seconds: 5 }, 'long-voice'],
    [
      'a voice message above a minute, by what is said',
      { bytes: sampleFile('audio/ogg'), seconds: 61 },
      'long-voice',
    ],
    ['a photo that calls itself voice', { bytes: sampleFile('image/png') }, 'wrong-file'],
    ['a page that calls itself photo', { kind: 'photo', bytes: Buffer.from('<html>') }, 'wrong-file'],
  ] as const)('%s is refused', (_what, over, refused) => {
    expect(keep(over)).toEqual({ refused });
  });

  it('takes what is just small enough', () => {
    expect(keep({ bytes: sampleFile('audio/ogg', 2 * MEGABYTE) })).toHaveProperty('row');
    expect(keep({ kind: 'photo', bytes: sampleFile('image/webp', 10 * MEGABYTE) })).toHaveProperty('row');
    expect(keep({ bytes: amrVoice(60) })).toHaveProperty('row');
  });
});
