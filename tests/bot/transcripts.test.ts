import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personalWords, startSmallCounty } from '../support/small-county.ts';
import { NO_BUTTON, playTranscript, spokenWords } from '../support/transcript.ts';

const FOLDER = join(import.meta.dirname, '../transcripts');
/** `REWRITE_TRANSCRIPTS=yes` writes what was played; read the difference before you keep it. */
const rewrite = process.env.REWRITE_TRANSCRIPTS === 'yes';

describe('conversations a supervisor can read', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

  it('are there', () => expect(files.length).toBeGreaterThan(25));

  it.each(files)(
    '%s goes as it is written, and its log names nobody',
    async (file) => {
      const path = join(FOLDER, file);
      const text = readFileSync(path, 'utf8');
      const county = await startSmallCounty();
      try {
        const played = await playTranscript(text, county);
        if (!rewrite) expect(played).not.toContain(NO_BUTTON);
        if (rewrite) writeFileSync(path, played);
        else expect(played).toBe(text);
        const log = county.log.join('\n');
        const private_ = [...personalWords(), ...spokenWords(text).filter((w) => w.length >= 4)];
        expect(private_.filter((word) => log.includes(word))).toEqual([]);
      } finally {
        await county.stop();
      }
    },
    60_000,
  );
});
