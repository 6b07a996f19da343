/** Bytes that say what they are: the beginning of each format, and as much behind it as is asked for. */
export const BEGINNINGS = {
  'audio/amr': '#!AMR\n',
  'audio/ogg': 'OggS\0\x02',
  'audio/mpeg': 'ID3\x04\0',
  'audio/mp4': '\0\0\0\x20ftypM4A \0\0\0\0',
  'audio/webm': '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm',
  'audio/wav': 'RIFF\x24\0\0\0WAVEfmt ',
  'image/jpeg': '\xff\xd8\xff\xe0',
  'image/png': '\x89PNG\r\n\x1a\n',
  'image/webp': 'RIFF\x24\0\0\0WEBPVP8 ',
  'application/pdf': '%PDF-1.7\n',
} as const;

/** A file of this type with so many bytes in all. */
export function sampleFile(mime: keyof typeof BEGINNINGS, sizeBytes = 200): Buffer {
  return Buffer.concat([Buffer.from(BEGINNINGS[mime], 'latin1'), Buffer.alloc(sizeBytes)]).subarray(
    0,
    sizeBytes,
  );
}

/** A voice message in AMR of so many seconds: silence, in frames of 20 ms. */
export function amrVoice(seconds: number): Buffer {
  const frame = Buffer.alloc(13, 0);
  frame[0] = 0x04; // mode 0, 4.75 kbit/s
  return Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: seconds * 50 }, () => frame)]);
}

/** A sound every browser plays: a quiet tone of one second, 8,000 samples of 8 bits. */
export function wavTone(seconds = 1): Buffer {
  const rate = 8000;
  const samples = Buffer.from(
    Array.from({ length: rate * seconds }, (_, i) => 128 + Math.round(20 * Math.sin(i / 3))),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
