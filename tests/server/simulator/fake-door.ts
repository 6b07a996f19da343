import type { Message, SimulatorDoor } from '../../../server/simulator/routes.ts';

const TWO_YEARS_MS = 731 * 24 * 3_600_000;

/** A door that knows one director and repeats what is said; `asked` holds what reached it. */
export function fakeDoor(startAt = new Date('2026-11-24T00:00:00Z')) {
  const asked: unknown[] = [];
  let now = startAt;
  const reply = (text: string): Message => ({
    seq: 1,
    at: now.toISOString(),
    lane: 'reply',
    text,
    options: [{ id: 'menu', label: '菜单' }],
  });
  const door: SimulatorDoor = {
    people: async (query) => {
      asked.push(query);
      return [{ account: 'dir.00001', name: '王秀英', role: 'director', area: '溪口村' }];
    },
    send: async (input, id) => {
      asked.push({ ...input, id });
      if (input.account !== 'dir.00001') return { refused: 'unknown-account' };
      const words =
        'text' in input ? input.text : 'option' in input ? input.option : Object.keys(input).join();
      return { replies: [reply(words)] };
    },
    messages: async (account, after) => {
      asked.push({ account, after });
      return account === 'dir.00001' ? [reply('您好')] : null;
    },
    thread: async (account) =>
      account === 'dir.00001' ? [{ from: 'person', at: now.toISOString(), text: '菜单' }] : null,
    file: async (account, id) =>
      account === 'dir.00001' && id === 'form'
        ? { bytes: Buffer.from('%PDF-1.3'), mime: 'application/pdf', name: '走访表-11月24日.pdf' }
        : null,
    activity: async () => [{ at: now.toISOString(), what: '生成了3条提醒' }],
    now: async () => now,
    advance: async (to) => {
      if (to < now) return 'backward';
      if (to.getTime() - now.getTime() > TWO_YEARS_MS) return 'too-far';
      now = to;
      return { now, sent: 3 };
    },
  };
  return { door, asked };
}
