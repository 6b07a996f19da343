import ts from 'typescript';
import { ENCOUNTER_MODES } from '../../server/domain/cadence/child-facts.ts';
import { DUTY_KINDS } from '../../server/domain/cadence/duty.ts';
import { EVENT_KINDS, EVENT_TOPICS } from '../../server/domain/education/safety-event.ts';
import { STAGES } from '../../server/domain/education/stage.ts';
import { FINDING_KINDS } from '../../server/domain/escalation/reachability.ts';
import { NO_CONTACT_REASONS } from '../../server/domain/family/family.ts';
import { DAYPARTS } from '../../server/domain/family/visit.ts';
import { TOPICS } from '../../server/domain/family/look-for.ts';
import { SAFETY_LINES, SAFETY_TOPICS, sourceOf } from '../../server/domain/family/safety-topics.ts';
import { TIPS } from '../../server/domain/family/tips.ts';
import { HOTLINES } from '../../server/domain/partners/hotlines.ts';
import { REPORT_KINDS } from '../../server/domain/report/kinds.ts';
import { REPORT_STEPS } from '../../server/domain/report/steps.ts';
import { projectFiles } from '../docs/project-files.ts';

const AUDIENCES = ['director', 'supervisor', 'desk', 'family'];
const MENU = [
  'todo',
  'visit',
  'contact',
  'tip',
  'feedback',
  'help',
  'my-director',
  'alerts',
  'overdue',
  'ledger',
  'on-duty',
  'unreached',
  'resume',
];
const ANNOUNCED_TWICE = ['winter-break', 'summer-break', 'spring-festival', 'term-start'];
const SENT = ['voice', 'photo', 'location'];
const REPORT_STATES = ['open', 'acknowledged', 'resolved', 'closed'];
const ENDED_AS = ['outcome', 'false-alarm'];
const YES_NO = ['yes', 'no', 'unknown'];
const ROLES = [
  ...['director', 'supervisor', 'deputy', 'county-desk', 'county-leader', 'city-desk', 'province-desk'],
  ...['guardian', 'carer', 'stranger'],
];

/** Keys that code puts together, and everything they can become. */
export const PUT_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'letter.': ['not-sent', 'not-sent-all'],
  'letter.first-': ['home', 'school'],
  'letter.second-': ['call', 'easy'],
  'letter.pick-': ['call', 'easy'],
  'bind.consent-': ['guardian', 'carer'],
  'bind.ask-tips-': ['guardian', 'carer'],
  'unsubscribe.again': ['', '-guardian'],
  'unsubscribe.stopped': ['', '-guardian'],
  'invite.old-': ['changed', 'both', 'end'],
  'trip.met-': ['home', 'school', 'elsewhere'],
  'alerts.line-': [...REPORT_STATES, 'false-alarm'],
  'acknowledge.': ['more-said', 'broke-off', 'not-now'],
  'end-report.as-': ENDED_AS,
  'end-report.to-others-': ENDED_AS,
  'missing.': ['kind', 'child', 'place', 'danger-now', 'police', 'police-number'],
  'duty-change.told-': ['day', 'days'],
  'duty-change.told-stand-in-': ['day', 'days'],
  'duty-change.told-replaced-': ['day', 'days'],
  'open-report.danger-': ['yes', 'no'],
  'open-report.call-': ['110', '120'],
  'open-report.': ['already', 'added', 'already-quiet', 'added-quiet'],
  'page.': ['first', 'again', 'stale', 'drill'],
  'page.why-': ['unreachable', 'refused', 'held', 'waiting'],
  'channel.': ['wecom', 'kf', 'telegram', 'simulator'],
  'link.': ['over', 'wrong', 'last', 'locked'],
  'telegram.elsewhere': ['-by-code', '-wecom-by-code', '-rest', '-wecom-rest'],
  'telegram-commands.': ['visit', 'contact', 'todo', 'urgent', 'menu', 'help'],
  'report-kind.': REPORT_KINDS,
  'report-texts.': ['police', 'civil-affairs', 'education', 'hospital', 'village'],
  'report-texts.first-': ['110', '120'],
  'report-step.': [...REPORT_STEPS, 'police-not-due'],
  'report-step.ask-': ['place', 'child'],
  'view-report.danger-': YES_NO,
  'view-report.safe-': YES_NO,
  'view-report.ended-': ENDED_AS.flatMap((as) => [`${as}-told`, `${as}-untold`]),
  'daypart.': DAYPARTS,
  'nudge.answered-': ['called', 'quiet', 'again'],
  'visit-plan.': ['tell', 'note', 'drop', 'change', 'leave'],
  'visit-told.': ['announce', 'remind', 'remind-said', 'change', 'kept', 'cancel'],
  'visit-told.day-': ['today', 'tomorrow', 'later'],
  'call.': ['well', 'report', 'follow-up', 'no-answer'],
  'campaign.kind-': [...ANNOUNCED_TWICE, 'flood-season', 'typhoon'],
  'campaign.state-': ['proposed', 'scheduled', 'approved', 'declined', 'dropped', 'ended'],
  'campaign.sample-': ['carer', 'guardian', 'director'],
  'campaign.count-': ['no-contact', 'no-phone', 'not-found', 'refused', 'not-reached'],
  'forward.why-': ['no-phone', 'not-found', 'refused'],
  'card.': ['guardian', 'carer'],
  'day.back-': ['0', '1', '2'],
  'deed.': ['digest', 'supervisor-digest', 'county-table', 'urgent', 'notice'],
  'duty.': DUTY_KINDS,
  'effect.': ['done', 'withdrawn', 'answered-late'],
  'family-asks.': ['well', 'watch', 'no-answer', 'called', 'seen-to'],
  'file.': [
    ...['voice', 'voice-seconds', 'photo', 'photo-seconds', 'document', 'document-seconds'],
    ...['empty-file', 'large-file', 'long-voice', 'wrong-file'],
  ],
  'gap.': ['on', 'mode', 'met', 'seen', 'note'],
  'follow-up.': ['better', 'watch', 'worse', 'kept', 'not-yet', 'unneeded', 'done', 'dropped'],
  'help.': AUDIENCES,
  'history.': ['corrected', 'withdrawn'],
  'lost.': AUDIENCES,
  'listen.report-': SENT,
  'look-for.': TOPICS.map(({ key }) => key),
  'menu.': [...AUDIENCES, ...MENU],
  'mode.': ENCOUNTER_MODES,
  'no-contact.reason-': NO_CONTACT_REASONS,
  'outcome.': ['none', 'worried', 'unsure'],
  'promise.': ['yes', 'change', 'no'],
  'away.what-': ['mistake', 'from', 'until', 'not-back'],
  'tip.': TIPS.map(({ id }) => id),
  'undo.done-': ['absence', 'return'],
  'free-words.done-': ['visit', 'contact', 'neither'],
  'trip.who-else-': ['visit', 'call', 'seen'],
  'report-notice.': ['male', 'female', 'yes', 'no'],
  'report-notice.child-': ['sex-born', 'sex-age', 'age'],
  'report-notice.guardian-': ['no-guardian', 'unattended'],
  'report-notice.kind-': REPORT_KINDS,
  // What would tell a sealed situation is asked for by phone.
  'report-notice.needed-': REPORT_KINDS.filter((kind) => kind !== 'sexual' && kind !== 'self-harm'),
  'numbers.hotline-': HOTLINES.map(({ number }) => number),
  'obstacle.': ['ill', 'road', 'refused', 'other'],
  'requests.do-': ['agree', 'disagree', 'i-go', 'village-goes', 'director-goes'],
  'requests.goes-': ['supervisor', 'village', 'director'],
  'requests.noted-': ['supervisor', 'village', 'director'],
  'reachability.line-': FINDING_KINDS,
  'reachability.count-': FINDING_KINDS,
  'record.line-': ['on', 'child', 'mode', 'met', 'seen', 'note'],
  'record.title-': ['record-visit', 'record-contact'],
  'reporter.': ['worker', 'guardian', 'carer', 'unknown'],
  'role.': ROLES,
  'safety.': SAFETY_LINES,
  'safety-occasion.': [
    ...ANNOUNCED_TWICE.flatMap((occasion) => [`${occasion}-7`, `${occasion}-1`]),
    ...['flood-season', 'typhoon'],
  ],
  'safety-source.': SAFETY_TOPICS.map(sourceOf),
  'safety-source-short.': SAFETY_TOPICS.map(sourceOf).filter((source) => source !== 'own'),
  'school-break.': ['winter', 'summer', 'backwards', 'too-short', 'too-long', 'other-season'],
  'school-stage.': STAGES,
  'safety-event.': EVENT_KINDS,
  'safety-topic.': EVENT_TOPICS,
  'settings.change-': ['digest', 'quiet', 'language', 'steps', 'nothing'],
  'settings.steps-': ['large', 'small', 'usual'],
  'view-report.state-': REPORT_STATES,
  'voice.family-': SENT,
  'login.': ['again', 'unknown', 'outsider', 'busy'],
  'wecom-check.line-': ['well', 'mend', 'unknown'],
  'wecom-check.name-': ['corp', 'secret', 'ip', 'agent', 'callback', 'kf', 'range'],
  'wecom-menu.': ['visit', 'more', 'todo', 'contact', 'late-record', 'menu', 'help', 'urgent'],
  'tip-talk.thanks-': ['useful', 'useless'],
  'work-log.promise-': ['open', 'done'],
};

/** One place in the code that says something. `gives` is null where the values are not written out there. */
export interface Saying {
  readonly where: string;
  readonly key: string;
  readonly gives: readonly string[] | null;
}

export interface KeysInCode {
  /** Every text in code that has the form of a key of one of these topics. */
  readonly literals: readonly { readonly where: string; readonly key: string }[];
  /** The fixed beginnings of keys that are put together. */
  readonly beginnings: readonly { readonly where: string; readonly beginning: string }[];
  readonly sayings: readonly Saying[];
}

const KEY = /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;
const BEGINNING = /^[a-z-]+\.[a-z-]*$/;

/** What the code of the bot and the server says, read from its syntax. */
export function keysInCode(topics: ReadonlySet<string>): KeysInCode {
  const files = [...projectFiles('bot'), ...projectFiles('server')].filter((f) => f.path.endsWith('.ts'));
  const nodes = files.flatMap(({ path, text }) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    const line = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    return allNodes(source).map((node) => ({ node, where: `${path}:${String(line(node))}` }));
  });
  const isTopic = (text: string): boolean => topics.has(text.split('.')[0] ?? '');
  return {
    literals: nodes.flatMap(({ node, where }) =>
      ts.isStringLiteralLike(node) && KEY.test(node.text) && isTopic(node.text)
        ? [{ where, key: node.text }]
        : [],
    ),
    beginnings: nodes.flatMap(({ node, where }) => {
      if (!ts.isTemplateExpression(node) || !BEGINNING.test(node.head.text)) return [];
      return isTopic(node.head.text) || isSaid(node) ? [{ where, beginning: node.head.text }] : [];
    }),
    sayings: nodes.flatMap(({ node, where }) =>
      ts.isCallExpression(node) && isSay(node) ? sayingsOf(node, where) : [],
    ),
  };
}

function allNodes(node: ts.Node): readonly ts.Node[] {
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...allNodes(child));
  });
  return [node, ...below];
}

function isSay(call: ts.CallExpression): boolean {
  return ts.isIdentifier(call.expression) && call.expression.text === 'say';
}

function isSaid(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && isSay(node.parent);
}

function sayingsOf(call: ts.CallExpression, where: string): readonly Saying[] {
  const [key, values] = call.arguments;
  if (!key) return [];
  // A word put together without values may stand for whole sentences with values elsewhere (`menu.…`).
  const unknown = values === undefined && ts.isTemplateExpression(key);
  const gives = unknown ? null : values === undefined ? [] : namesGiven(values);
  return keysOf(key).map((k) => ({ where, key: k, gives }));
}

function keysOf(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...keysOf(node.whenTrue), ...keysOf(node.whenFalse)];
  if (ts.isTemplateExpression(node))
    return (PUT_TOGETHER[node.head.text] ?? []).map((ending) => `${node.head.text}${ending}`);
  return [];
}

function namesGiven(node: ts.Expression): readonly string[] | null {
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names: string[] = [];
  for (const property of node.properties) {
    if (property.name === undefined || ts.isComputedPropertyName(property.name)) return null;
    names.push(property.name.getText());
  }
  return names;
}
