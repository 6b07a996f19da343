import { z } from 'zod';
import type { AddressBook, Department, SeenMember } from '../../../server/domain/contacts/member.ts';
import type { WecomApi } from './api.ts';

/** So many departments are asked for at once (our default): WeCom counts calls by the minute and by how many run. */
const AT_ONCE = 4;

/** 2: shut out by an administrator, 5: left the company by themselves (document 90201). Neither reads anything here. */
const AWAY: ReadonlySet<number> = new Set([2, 5]);

const id = z.number().int().positive();
const userid = z.string().trim().min(1).max(64).toLowerCase();
const departmentList = z.object({
  department: z.array(z.object({ id, name: z.string().default(''), parentid: z.number().int().default(0) })),
});
const agent = z.object({
  allow_userinfos: z.object({ user: z.array(z.object({ userid })).default([]) }).optional(),
});
const person = z.object({ userid, department: z.array(id).default([]), status: z.number().int().default(1) });
const memberList = z.object({ userlist: z.array(person) });

/** What the reading needs of the interface. */
type Reading = Pick<WecomApi, 'get'>;

/**
 * The departments and members that the app may see (documents 90208, 90201, 90227): userids and departments, no name and
 * no telephone. Null where any part could not be read: half a book would look like people who left.
 */
export async function readAddressBook(api: Reading, agentId: number): Promise<AddressBook | null> {
  const [tree, own] = await Promise.all([
    read(api, 'department/list', {}, departmentList),
    read(api, 'agent/get', { agentid: String(agentId) }, agent),
  ]);
  if (tree === null || own === null) return null;
  const departments = tree.department.map(({ id: key, name, parentid }): Department => ({
    id: key,
    name,
    parentId: parentid,
  }));
  const members = new Map<string, SeenMember>();
  // Somebody may be in sight as a person while the department is not.
  const alone = (own.allow_userinfos?.user ?? []).map((one) => one.userid);
  for (let first = 0; first < departments.length; first += AT_ONCE) {
    const lists = await Promise.all(
      departments
        .slice(first, first + AT_ONCE)
        .map((one) => read(api, 'user/list', { department_id: String(one.id) }, memberList)),
    );
    for (const list of lists) {
      if (list === null) return null;
      for (const one of list.userlist) if (!AWAY.has(one.status)) members.set(one.userid, seen(one));
    }
  }
  for (const name of new Set(alone)) {
    if (members.has(name)) continue;
    const found = await lookUp(api, name);
    if (found === null) return null;
    if (found !== 'away') members.set(name, found);
  }
  return { departments, members: [...members.values()] };
}

/** One member (document 90196); `away` where WeCom says that nobody of this name is in sight, null where it says nothing. */
export async function lookUp(api: Reading, name: string): Promise<SeenMember | 'away' | null> {
  const answer = await api.get('/cgi-bin/user/get', { userid: name });
  if (answer.reaction === 'person') return 'away'; // 60111: nobody is called that; 60011: out of sight
  const found = answer.reaction === 'done' ? person.safeParse(answer.body) : null;
  if (found?.success !== true) return null;
  return AWAY.has(found.data.status) ? 'away' : seen(found.data);
}

function seen({ userid: name, department }: z.infer<typeof person>): SeenMember {
  return { userid: name, departments: [...new Set(department)].sort((a, b) => a - b) };
}

async function read<T>(
  api: Reading,
  name: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const answer = await api.get(`/cgi-bin/${name}`, query);
  if (answer.reaction !== 'done') return null;
  const found = schema.safeParse(answer.body);
  return found.success ? found.data : null;
}
