import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';

/** Structured logs: ids and numbers only. There is no parameter for a sentence with data in it, on purpose. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A logger that writes JSON lines to `destination` (standard output by default). */
export function createLogger(destination?: DestinationStream): Logger {
  const sink: PinoLogger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (event, fields = {}) => {
      sink.info(fields, event);
    },
    warn: (event, fields = {}) => {
      sink.warn(fields, event);
    },
    error: (event, fields = {}) => {
      sink.error(fields, event);
    },
  };
}

/** What a log may say about an exception: its class and code, never its message, which may quote a person. */
export function faultOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const where = error.stack?.split('\n').find((line) => /^\s+at .*(server|bot)\//.test(line));
  return {
    fault: error.name,
    code,
    where: where === undefined ? null : where.replace(/.*\/(server|bot)\//, '$1/').replace(/\)$/, ''),
  };
}
