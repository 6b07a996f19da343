import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mimeOf, type FileKind } from '../../../../server/domain/files/file-kind.ts';
import { voiceSeconds } from '../../../../server/domain/files/voice-length.ts';
import { BEGINNINGS, amrVoice, sampleFile, wavTone } from '../../../support/sample-files.ts';

const KIND_OF: Readonly<Record<string, FileKind>> = {
  audio: 'voice',
  image: 'photo',
  application: 'document',
};
const TYPES = Object.keys(BEGINNINGS) as (keyof typeof BEGINNINGS)[];

describe('what a file is', () => {
  it.each(TYPES)('%s is recognised by its bytes, and as no other kind', (mime) => {
    const own = KIND_OF[mime.split('/')[0] ?? ''];
    for (const kind of ['voice', 'photo', 'document'] as const)
      expect(mimeOf(kind, sampleFile(mime)), kind).toBe(kind === own ? mime : null);
  });

  it.each([
    ['a page', '<!doctype html><script>'],
    ['a program', 'MZ\x90\0\x03'],
    ['a drawing that can hold a script', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['an archive', 'PK\x03\x04'],
    ['a picture in the frame of MPEG-4', '\0\0\0\x20ftypheic\0\0\0\0'],
    ['a film in the frame of RIFF', 'RIFF\x24\0\0\0AVI LIST'],
    ['a film in the frame of Matroska', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska'],
    ['nothing', ''],
  ])('%s is none of them', (_what, text) => {
    for (const kind of ['voice', 'photo', 'document'] as const)
      expect(mimeOf(kind, Buffer.from(text, 'latin1'))).toBeNull();
  });

  it('any bytes are looked at without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...TYPES), (bytes, mime) => {
        mimeOf('voice', bytes);
        expect(voiceSeconds(mime, bytes) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('how long a voice message is', () => {
  it.each([1, 12, 60])('AMR of %i seconds', (seconds) => {
    expect(voiceSeconds('audio/amr', amrVoice(seconds))).toBe(seconds);
  });

  it('a WAV says it by its rate; what would have to be decoded says nothing', () => {
    expect(voiceSeconds('audio/wav', wavTone(2))).toBe(2);
    expect(voiceSeconds('audio/ogg', sampleFile('audio/ogg'))).toBeNull();
  });
});
