const AMR_HEADER = '#!AMR\n';
const FRAMES_PER_SECOND = 50;
/** Bytes of an AMR frame by its mode, the mode byte included (3GPP TS 26.101); modes that do not occur count as one. */
const AMR_FRAME_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1] as const;
const WAV_RATE_AT = 28;
const WAV_HEADER_BYTES = 44;

/** The whole seconds of a voice message, counted from its bytes; null for formats that would have to be decoded. */
export function voiceSeconds(mime: string, bytes: Uint8Array): number | null {
  if (mime === 'audio/amr') return amrSeconds(bytes);
  return mime === 'audio/wav' ? wavSeconds(bytes) : null;
}

function amrSeconds(bytes: Uint8Array): number | null {
  const header = String.fromCharCode(...bytes.subarray(0, AMR_HEADER.length));
  if (header !== AMR_HEADER) return null; // the wide-band form has other frames
  let frames = 0;
  for (let at = AMR_HEADER.length; at < bytes.length; frames += 1) {
    const mode = ((bytes[at] ?? 0) >> 3) & 15;
    at += AMR_FRAME_BYTES[mode] ?? 1;
  }
  return Math.ceil(frames / FRAMES_PER_SECOND);
}

function wavSeconds(bytes: Uint8Array): number | null {
  if (bytes.length < WAV_HEADER_BYTES) return null;
  const rate = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(WAV_RATE_AT, true);
  return rate === 0 ? null : Math.ceil((bytes.length - WAV_HEADER_BYTES) / rate);
}
