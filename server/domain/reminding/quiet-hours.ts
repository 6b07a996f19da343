import { type LocalDate, addDays, shanghaiDate, shanghaiInstant, shanghaiMinutes } from '../local-date.ts';

/** Hours in which nothing but an alarm is sent, in minutes since midnight in Asia/Shanghai; they may span midnight. */
export interface QuietHours {
  readonly fromMinutes: number;
  /** The first minute that is allowed again; equal to `fromMinutes` means no quiet hours. */
  readonly untilMinutes: number;
}

/** The instant itself when it is allowed, else the end of the quiet hours it falls into. */
export function nextAllowedAt(at: Date, quiet: QuietHours): Date {
  const minutes = shanghaiMinutes(at);
  if (!isQuiet(minutes, quiet)) return at;
  const endsTomorrow = minutes >= quiet.untilMinutes;
  const day = shanghaiDate(at);
  return shanghaiInstant(endsTomorrow ? addDays(day, 1) : day, quiet.untilMinutes);
}

/** When the digest of `date` goes out: the hour the person chose, moved out of the quiet hours. */
export function digestAt(date: LocalDate, hourMinutes: number, quiet: QuietHours): Date {
  return nextAllowedAt(shanghaiInstant(date, hourMinutes), quiet);
}

function isQuiet(minutes: number, { fromMinutes, untilMinutes }: QuietHours): boolean {
  if (fromMinutes <= untilMinutes) return minutes >= fromMinutes && minutes < untilMinutes;
  return minutes >= fromMinutes || minutes < untilMinutes;
}
