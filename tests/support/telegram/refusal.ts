/** What Telegram refuses, with its code and its words. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, unknown>>;

  constructor(code: number, description: string, parameters: Readonly<Record<string, unknown>> = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export function bad(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`);
}
