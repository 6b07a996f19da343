import { z } from 'zod';
import type { Answer } from '../../bot/channels/wecom/reaction.ts';
import { plain, say, type Say } from '../domain/say.ts';
import { openBecause, type Asking } from './answers.ts';
import { mend, unknown, well, type Finding } from './finding.ts';

/** Not in the visible range of the app; not in the company at all (document 90313). */
const OUTSIDE = 60_011;
const NOBODY = 60_111;
/** So many people who stand on no list are asked for one by one (our default). */
const MOST_ASKED = 200;
/** So many userids are named, the others counted (our default). */
const MOST_NAMED = 50;

const agentBody = z.looseObject({
  allow_userinfos: z
    .looseObject({ user: z.array(z.looseObject({ userid: z.string() })).default([]) })
    .optional(),
});
const departmentsBody = z.looseObject({ department_id: z.array(z.looseObject({ id: z.number() })) });
const membersBody = z.looseObject({ userlist: z.array(z.looseObject({ userid: z.string() })) });

/** Where the staff of the import stand. */
interface Places {
  readonly outside: readonly string[];
  readonly nobody: readonly string[];
  /** Not on any list, and too many to ask for each. */
  readonly unasked: number;
}

/**
 * Is everybody whom the import gave a WeCom account inside the visible range? The lists tell most of it; whoever is on
 * none (the range may also hold tags) is asked for by userid. `staff` is null where there is no roster to read.
 */
export async function checkRange(
  asking: Asking,
  agent: Answer,
  staff: readonly string[] | null,
): Promise<Finding> {
  if (staff === null)
    return unknown('range', say('wecom-check.range-no-roster'), say('wecom-check.range-no-roster-step'));
  if (staff.length === 0)
    return unknown('range', say('wecom-check.range-no-accounts'), say('wecom-check.range-no-accounts-step'));
  const listed = await listedMembers(asking, agent);
  const places = await placesOf(
    asking,
    staff.filter((userid) => !listed.has(userid.toLowerCase())),
  );
  return 'reaction' in places ? openBecause('range', places) : judged(places, staff.length);
}

/** Userids that the lists hold, in lower case: WeCom does not tell case apart. A list that does not come is done without. */
async function listedMembers(asking: Asking, agent: Answer): Promise<ReadonlySet<string>> {
  const alone = agentBody.safeParse(agent.body).data?.allow_userinfos?.user ?? [];
  const listed = new Set(alone.map(({ userid }) => userid.toLowerCase()));
  const departments = departmentsBody.safeParse(
    (await asking.get('/cgi-bin/department/simplelist')).body, // document 95350
  );
  for (const { id } of departments.data?.department_id ?? []) {
    const answer = await asking.get('/cgi-bin/user/simplelist', { department_id: String(id) }); // document 90200
    for (const { userid } of membersBody.safeParse(answer.body).data?.userlist ?? [])
      listed.add(userid.toLowerCase());
  }
  return listed;
}

async function placesOf(asking: Asking, userids: readonly string[]): Promise<Places | Answer> {
  const outside: string[] = [];
  const nobody: string[] = [];
  for (const userid of userids.slice(0, MOST_ASKED)) {
    const answer = await asking.get('/cgi-bin/user/get', { userid }); // document 90196
    if (answer.code === OUTSIDE) outside.push(userid);
    else if (answer.code === NOBODY) nobody.push(userid);
    else if (answer.reaction !== 'done') return answer;
  }
  return { outside, nobody, unasked: Math.max(0, userids.length - MOST_ASKED) };
}

function judged({ outside, nobody, unasked }: Places, count: number): Finding {
  if (outside.length === 0 && nobody.length === 0 && unasked === 0)
    return well('range', say('wecom-check.range-well', { count }));
  const reasons = [
    ...(outside.length === 0 ? [] : [say('wecom-check.range-outside', named(outside))]),
    ...(nobody.length === 0 ? [] : [say('wecom-check.range-nobody', named(nobody))]),
    ...(unasked === 0 ? [] : [say('wecom-check.range-unasked', { count: unasked })]),
  ];
  const steps = [
    ...(outside.length === 0 && unasked === 0 ? [] : [say('wecom-check.range-outside-step')]),
    ...(nobody.length === 0 ? [] : [say('wecom-check.range-nobody-step')]),
  ];
  const both = (parts: readonly Say[]): Say => say('wecom-check.parts', { parts });
  return mend('range', both(reasons), both(steps));
}

function named(userids: readonly string[]) {
  const more = userids.length - MOST_NAMED;
  return {
    count: userids.length,
    userids: userids.slice(0, MOST_NAMED).map(plain),
    more: more > 0 ? say('wecom-check.range-more', { count: more }) : plain(''),
  };
}
