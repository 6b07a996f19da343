import { parseArgs } from 'node:util';
import { checkPorts } from './assembly/wecom-check.ts';
import { SettingsError, settingsOfThisProcess } from './config.ts';
import { say } from './domain/say.ts';
import { realClock } from './platform/clock.ts';
import { httpClient, httpLook } from './platform/http-client.ts';
import { loadWording } from './platform/wording.ts';
import { codeOf } from './store/publish-file.ts';
import { checkWecom } from './wecom-check/check-wecom.ts';
import { isWell, linesOf } from './wecom-check/finding.ts';

const USAGE = 'npm run wecom:check -- [--english]';

/** `npm run wecom:check`: 0 when all is well, 1 otherwise. Writes nothing anywhere. */
async function main(): Promise<number> {
  const english = languageAsked(process.argv.slice(2));
  if (english === null) return refuse(`用法 / usage:\n  ${USAGE}`);
  const wording = loadWording();
  const render = (sentence: ReturnType<typeof say>): string =>
    wording.render(english ? 'en' : 'zh-CN', sentence);
  try {
    const { wecom, database, publicOrigin } = settingsOfThisProcess();
    if (wecom === null) return refuse(render(say('wecom-check.not-set')));
    const world = { clock: realClock, fetch: httpClient, look: httpLook };
    const findings = await checkWecom(
      checkPorts({ wecom, publicOrigin, databaseUrl: database.databaseUrl }, world),
    );
    for (const line of linesOf(findings)) console.log(render(line));
    return findings.every(isWell) ? 0 : 1;
  } catch (error) {
    if (error instanceof SettingsError) return refuse(error.message);
    return refuse(`没有查成 / the check could not be made (${codeOf(error) ?? 'unknown'})`);
  }
}

function languageAsked(args: readonly string[]): boolean | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { english: { type: 'boolean' } } });
    return values.english === true;
  } catch {
    return null;
  }
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

process.exitCode = await main();
