import { afterEach, describe, expect, it } from 'vitest';
import { sheetPdf, type WordedSheet } from '../../../server/paper/sheet-pdf.ts';
import { SheetPress } from '../../../server/paper/sheet-press.ts';
import { after } from '../../../server/platform/waiting.ts';

const AT = new Date('2026-11-24T00:00:00.000Z');

function sheet(name: string): WordedSheet {
  const block = { heading: `1 ${name} 9岁`, look: '看看：作业', lines: ['见到孩子 □是 □否 和谁…'] };
  return { title: '走访表', blocks: [block], foot: ['用完收好。'] };
}

/** What cannot be set: a title that is no text. */
const BROKEN = { ...sheet('李小明'), title: null } as unknown as WordedSheet;

describe('the thread that sets forms', () => {
  const open: SheetPress[] = [];
  const press = (
    patience: ConstructorParameters<typeof SheetPress>[0] = after,
    limit?: number,
  ): SheetPress => {
    const made = new SheetPress(patience, limit);
    open.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('sets the same bytes as this thread would, each form for whoever asked for it', async () => {
    const { set } = bound(press());
    const [ming, hong] = await Promise.all([set(sheet('李小明')), set(sheet('林小红'))]);
    expect(ming).toEqual(await sheetPdf(sheet('李小明'), AT));
    expect(hong).toEqual(await sheetPdf(sheet('林小红'), AT));
  });

  it('refuses a form that cannot be set, and sets the next one', async () => {
    const { set } = bound(press());
    await expect(set(BROKEN)).rejects.toThrow('a form could not be set');
    expect((await set(sheet('李小明'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('refuses more forms than may wait', async () => {
    const { set } = bound(press(after, 1));
    const first = set(sheet('李小明'));
    await expect(set(sheet('林小红'))).rejects.toThrow('too many forms');
    expect((await first).length).toBeGreaterThan(0);
  });

  it('gives up a thread that hangs, and begins a new one for the next form', async () => {
    const overdue: (() => void)[] = [];
    const { set } = bound(press((_ms, act) => (overdue.push(act), () => undefined)));
    const hanging = set(sheet('李小明'));
    overdue[0]?.();
    await expect(hanging).rejects.toThrow('ended');
    expect((await set(sheet('李小明'))).length).toBeGreaterThan(0);
  });
});

function bound(press: SheetPress): { set(sheet: WordedSheet): Promise<Buffer> } {
  return { set: (one) => press.set(one, AT) };
}
