import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, update, type Write } from '../../server/services/batch.ts';
import type { Store } from '../../server/store/store.ts';
import type { OutboxRow } from '../../server/store/generated/tables.ts';
import { CARER, GUARDIAN, childId } from './small-county.ts';

/** The account of 李爸爸, linked from the beginning. */
const FATHER = '00000005-0000-7000-8000-000000000050';

/** What was done before a conversation, by people who do not speak in it: a line of a transcript in brackets. */
const SETUPS: Readonly<Record<string, (store: Store, at: string) => Promise<readonly Write[]>>> = {
  '(王奶奶已绑定)': async (store, at) => bound(store, at, 'carer', CARER.id),
  '(王奶奶的手机收不到了)': async (store, at) => {
    const { id } = await store.client.chatAccount.findFirstOrThrow({ where: { personId: CARER.id } });
    return [update('ChatAccount', id, { goneAt: at })];
  },
  '(李爸爸要提醒)': async (_store, at) => [
    insert('Consent', {
      ...{ id: `tips:${GUARDIAN.id}`, at, accountId: FATHER },
      ...{ personKind: 'guardian', personId: GUARDIAN.id, kind: 'tips', given: true, textVersion: 2 },
    }),
  ],
  '(李爸爸三周没回)': async (_store, at) =>
    ['2026-11-02', '2026-11-09', '2026-11-16'].flatMap((weekOn) => {
      const key = `nudge:${GUARDIAN.id}:${weekOn}`;
      const nudge = { key, personId: GUARDIAN.id, weekOn, at, outboxId: key, answeredAt: null, answer: null };
      return [insert('WeeklyNudge', nudge), insert('Outbox', arrivedRow(key, `${weekOn}T02:30:00.000Z`))];
    }),
};

/** Whether this line is one of them; then it is done. */
export async function setUp(store: Store, line: string, at: string): Promise<boolean> {
  const setup = SETUPS[line];
  if (setup === undefined) return false;
  await store.commit({ guards: [], writes: [...(await setup(store, at))] });
  return true;
}

function arrivedRow(id: string, at: string): OutboxRow {
  return {
    ...{
      id,
      key: id,
      lane: 'reminder',
      accountId: FATHER,
      sessionKey: GUARDIAN.id,
      kind: 'says',
      body: null,
    },
    ...{ refs: JSON.stringify({ family: childId('李小明') }), state: 'accepted', createdAt: at, dueAt: at },
    ...{ notBefore: at, retryAt: null, claimedAt: at, acceptedAt: at, attempts: 1, error: null },
    ...{ causeSeq: null, possiblyRepeated: false, callId: null },
  };
}

async function bound(store: Store, at: string, kind: 'carer', personId: string): Promise<readonly Write[]> {
  const externalId = `${kind}:${personId}`;
  const known = await store.client.chatAccount.findFirst({ where: { externalId } });
  if (known) return [update('ChatAccount', known.id, { personKind: kind, personId, linkedAt: at })];
  const linked = { personKind: kind, personId, linkedAt: at };
  return [
    insert('ChatAccount', {
      ...ACCOUNT_DEFAULTS,
      id: `bound:${kind}`,
      channel: 'simulator',
      externalId,
      ...linked,
    }),
  ];
}
