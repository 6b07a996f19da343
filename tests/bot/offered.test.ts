import { describe, expect, it } from 'vitest';
import { EMPTY_SESSION, type Session } from '../../bot/dialog/session.ts';
import type { Role } from '../../bot/dialog/view.ts';
import { beginAskDanger } from '../../bot/flows/ask-danger.ts';
import { withOffered } from '../../bot/offered.ts';
import type { LoadedTurn } from '../../bot/views.ts';
import { viewOf } from './stage.ts';

const TIP = [
  { id: 'c:tip-useful:t1', label: '有用' },
  { id: 'c:tip-useless:t1', label: '没用' },
];
const MENU: Session = { ...EMPTY_SESSION, offered: ['c:menu'], labels: ['菜单'] };

function heard(
  role: Role,
  session: Session,
  { options = TIP, kind = 'text' }: { options?: typeof TIP | null; kind?: 'text' | 'option' } = {},
) {
  const turn = { view: viewOf(role), holder: { account: {} } } as unknown as LoadedTurn;
  const lookups = { offeredSince: () => Promise.resolve(options) };
  return withOffered(lookups, { body: { kind, text: '1' } }, turn, session);
}

describe('a number that a family writes', () => {
  it.each<Role>(['guardian', 'carer'])('means the buttons of what came by itself to a %s', async (role) => {
    expect(await heard(role, MENU)).toEqual({
      ...MENU,
      offered: ['c:tip-useful:t1', 'c:tip-useless:t1'],
      labels: ['有用', '没用'],
    });
  });

  it('means what it meant where nothing came since', async () => {
    expect(await heard('carer', MENU, { options: null })).toBe(MENU);
  });

  it('belongs to the question that is open', async () => {
    const asked = { ...MENU, frames: [beginAskDanger('打', '他打人', null)] };
    expect(await heard('carer', asked)).toBe(asked);
  });

  it('of a worker, and a button that was pressed, need no look', async () => {
    expect(await heard('director', MENU)).toBe(MENU);
    expect(await heard('stranger', MENU)).toBe(MENU);
    expect(await heard('carer', MENU, { kind: 'option' })).toBe(MENU);
  });
});
