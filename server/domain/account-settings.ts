/** How a person wants to be spoken to, chosen by chat. Hours are minutes since midnight in Asia/Shanghai. */
export interface AccountSettings {
  readonly digestMinutes: number;
  readonly quietFromMinutes: number;
  readonly quietUntilMinutes: number;
  readonly language: 'zh-CN' | 'en';
  /** `large`: everything that is missing in one message. `small`: one question at a time with an example. */
  readonly steps: 'large' | 'small' | null;
}

/** Our default until the person chooses: the digest at eight, quiet from nine in the evening to seven. */
export const ACCOUNT_DEFAULTS = {
  language: 'zh-CN',
  digestMinutes: 480,
  quietFromMinutes: 1260,
  quietUntilMinutes: 420,
  lastWordAt: null,
  questionAskedAt: null,
  steps: null,
  goneAt: null,
} as const;

/** What somebody changes of it; the language has a command of its own. */
export type SettingsChange = Partial<Omit<AccountSettings, 'language'>>;

/** An hour of the day as it is read: 8:00, 21:30. */
export function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
}
