import type { Answer, Reaction } from './reaction.ts';

/** While WeCom turns us away, one call in so long finds out whether it still does (our default). */
export const REST_MS = 60_000;

/** What an administrator has to mend. `code` is WeCom's errcode; never anything of a message, never a secret. */
export interface SettingsFault {
  readonly path: string;
  readonly code: number;
}

/** The address we call from is not trusted any more (document 90313). */
const ADDRESS_NOT_TRUSTED = 60_020;
/** Whoever may not fetch a token may do nothing. */
export const TOKEN_PATH = '/cgi-bin/gettoken';

/** Told once for each code when a fault begins and once when it ends, however many calls were refused in between. */
export interface Bell {
  begins(fault: SettingsFault): void;
  ends(fault: SettingsFault, lastedMs: number): void;
}

interface Standing extends SettingsFault {
  readonly sinceMs: number;
  triedMs: number;
}

/**
 * The members of the call are all invalid or out of the app's reach (document 90313). Where it is everybody it is an
 * alarm like the others, but asking on does no harm, and only an answer for each person tells who is reached again.
 */
export const NOBODY_THERE = 81_013;

/** Which calls WeCom turns away until a setting is mended, and when it is worth asking again. */
export class SettingsAlarm {
  readonly #bell: Bell;
  readonly #now: () => Date;
  readonly #standing = new Map<string, Standing>();

  constructor(bell: Bell, now: () => Date) {
    this.#bell = bell;
    this.#now = now;
  }

  /** Null where a call may go that needs all of these; otherwise the answer it would get. Whoever is let through is the one that finds out. */
  turnedAway(paths: readonly string[]): Answer | null {
    const [fault] = this.#of(paths);
    if (fault === undefined) return null;
    if ((this.restMs(paths) ?? 0) > 0) return { reaction: 'settings', code: fault.code, body: {} };
    for (const standing of this.#of(paths)) standing.triedMs = this.#nowMs();
    return null;
  }

  /** How long nobody need try; 0: one call may find out; null: nothing is wrong with these. */
  restMs(paths: readonly string[]): number | null {
    const standing = this.#of(paths);
    if (standing.length === 0) return null;
    return Math.max(0, ...standing.map(({ triedMs }) => triedMs + REST_MS - this.#nowMs()));
  }

  codes(): readonly number[] {
    return [...new Set([...this.#standing.values()].map(({ code }) => code))];
  }

  /** What a call was answered with. Busy, or no answer, tells nothing about the settings. */
  heard(path: string, code: number, reaction: Reaction): void {
    if (reaction === 'settings') this.begin(path, code);
    // That one person is not there shows that WeCom let the call in, and nothing about there being nobody at all.
    else if (
      reaction === 'done' ||
      (reaction === 'person' && this.#standing.get(path)?.code !== NOBODY_THERE)
    ) {
      this.#end(path);
      this.#endEverywhere(path);
    }
  }

  /** The address one calls from is the same for every call: where one gets through, all of them do. */
  #endEverywhere(path: string): void {
    if (path === TOKEN_PATH) return; // which is given to any address
    for (const one of [...this.#standing.values()]) if (one.code === ADDRESS_NOT_TRUSTED) this.#end(one.path);
  }

  begin(path: string, code: number): void {
    const before = this.#standing.get(path);
    if (before?.code === code) return;
    this.#end(path);
    const isKnown = this.codes().includes(code);
    this.#standing.set(path, { path, code, sinceMs: this.#nowMs(), triedMs: this.#nowMs() });
    if (!isKnown) this.#bell.begins({ path, code });
  }

  #end(path: string): void {
    const standing = this.#standing.get(path);
    if (standing === undefined) return;
    this.#standing.delete(path);
    if (!this.codes().includes(standing.code))
      this.#bell.ends({ path, code: standing.code }, this.#nowMs() - standing.sinceMs);
  }

  /** What stands in the way of a call that needs all of these. */
  #of(paths: readonly string[]): readonly Standing[] {
    const standing = paths.flatMap((path) => this.#standing.get(path) ?? []);
    return standing.filter(({ code }) => code !== NOBODY_THERE);
  }

  #nowMs(): number {
    return this.#now().getTime();
  }
}
