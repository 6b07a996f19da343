import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelMessage, SendResult } from '../../../../bot/channels/channel.ts';
import { uuidIds } from '../../../../server/platform/ids.ts';
import { sampleFile } from '../../../support/sample-files.ts';
import { EVERYTHING, type ChannelWorld, type OnPhone, type PlatformAbilities } from './channel-world.ts';

const HOUR_MS = 3_600_000;
const LANES = ['urgent', 'reply', 'reminder', 'broadcast'] as const;
const ACCEPTED = { kind: 'accepted' };

/** What a channel says while its platform waits for the reader. */
const CLOSED = { kind: 'failed', retryable: false, reason: 'closed' };

/** Everything the outbox relies on, of one channel. */
export function describeChannel(
  name: string,
  open: () => Promise<ChannelWorld>,
  can: PlatformAbilities = EVERYTHING,
): void {
  describe(`the channel ${name}`, () => {
    let world: ChannelWorld;
    let before = 0;
    beforeAll(async () => {
      world = await open();
    });
    beforeEach(async () => {
      world.breakDown(null);
      world.pass(HOUR_MS); // whatever the reader was sent before counts no more
      await readerWrites();
      before = (await world.phone(world.reader)).length;
    });
    afterAll(() => world.close());

    const message = (text: string, over: Partial<ChannelMessage> = {}): ChannelMessage => ({
      outboxId: uuidIds.next(),
      address: world.reader,
      lane: 'reply',
      at: '2026-11-25T02:00:00.000Z',
      text,
      options: [],
      ...over,
    });
    const asking = (text: string, ...labels: string[]) =>
      message(text, { options: labels.map((label, n) => ({ id: `o:${String(n)}`, label })) });
    const arrived = async (): Promise<readonly OnPhone[]> => (await world.phone(world.reader)).slice(before);
    const words = async (): Promise<string> => (await arrived()).map(({ text }) => text).join('\n');
    const count = async (word: string): Promise<number> => (await words()).split(word).length - 1;

    const readerWrites = async (): Promise<void> => {
      if (can.beforeReaderWrites !== null) await world.write();
    };
    /** Where the platform waits for its reader, and only there, the row goes when the reader has written. */
    const send = async (row: ChannelMessage): Promise<SendResult> => {
      const result = await world.channel.send(row);
      if (can.beforeReaderWrites === null || !isClosed(result)) return result;
      await world.write();
      return world.channel.send(row);
    };

    /** Where the platform does not know it again the reader sees it twice, and the outbox is told that it may be so. */
    const once = can.knowsRepeats ? 'once' : 'once or twice, and says so,';
    const timesBrought = (times: number): boolean => times === 1 || (!can.knowsRepeats && times === 2);

    /** As the outbox does: again and again, until it is there. */
    const sendUntilAccepted = async (row: ChannelMessage): Promise<readonly SendResult[]> => {
      const results: SendResult[] = [];
      while (results.at(-1)?.kind !== 'accepted' && results.length < 20) {
        const result = await send(row);
        results.push(result);
        if (result.kind !== 'accepted') world.pass(result.kind === 'later' ? result.afterMs : 5_000);
      }
      return results;
    };

    it('is called by its name', () => {
      expect(world.channel.name).toBe(name);
    });

    it.each(LANES)('brings a message of the lane %s with all its words', async (lane) => {
      const text = '第一行：明天要走访。\n第二行：<b>&"引号"</b> 🙂 𠮷 007';
      expect(await world.channel.send(message(text, { lane }))).toEqual(ACCEPTED);
      expect(await words()).toContain(text);
    });

    it('brings choices that can be pressed, and what is pressed carries its id', async () => {
      await world.channel.send(asking('见到孩子本人了吗？', '见到了', '没见到', '明天再去'));
      const [shown, ...more] = await arrived();
      expect(more).toEqual([]);
      expect(shown?.text).toContain('见到孩子本人了吗？');
      expect(shown?.choices).toEqual(['见到了', '没见到', '明天再去']);
      expect(await world.press('没见到')).toBe('o:1');
    });

    it('shows more and longer choices than a platform has buttons for, all of them and in order', async () => {
      const labels = Array.from(
        { length: 9 },
        (_, n) => `第${String(n + 1)}个孩子，住在村东头第${String(n + 1)}家`,
      );
      await world.channel.send(asking('看的是哪一个？', ...labels));
      const seen = (await arrived()).flatMap(({ text, choices }) => [text, ...choices]).join('\n');
      const places = labels.map((label) => seen.indexOf(label));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    });

    it.each([
      ['alone', []],
      ['with a question below', ['知道了', '有问题']],
    ])('brings a long text whole and in order, %s', async (_how, labels) => {
      const lines = Array.from({ length: 150 }, (_, n) => `第${String(n)}行，明天上午去走访。`);
      await world.channel.send(asking([...lines, '可以吗？'].join('\n'), ...labels));
      const seen = (await words()).match(/第\d+行，明天上午去走访。/gu);
      expect(seen).toEqual(lines);
      const last = (await arrived()).at(-1);
      const isNumbered = can.longQuestions === 'numbered';
      expect(last?.choices).toEqual(isNumbered ? [] : labels);
      if (isNumbered)
        for (const [n, label] of labels.entries()) expect(last?.text).toContain(`${String(n + 1)}. ${label}`);
    });

    it('brings one row once, however often it is tried again', async () => {
      const rows = [message('一次就好。'), asking('一次就好？', '好', '不好')];
      for (const row of [...rows, ...rows, ...rows]) expect(await send(row)).toMatchObject(ACCEPTED);
      expect(await count('一次就好')).toBe(2);
    });

    it.each([
      ['words', () => message('线断了一次。'), 1],
      ['a question', () => asking('线断了一次？', '好', '不好'), 1],
      ['a long text', () => message(`线断了一次。\n${'后面还有很多字。'.repeat(200)}`), 2],
    ])(`brings %s ${once} although the answer to it was lost`, async (_what, make, places) => {
      for (let lost = 0; lost < places; lost += 1) {
        const row = make();
        await readerWrites();
        const seenBefore = await count('线断了一次');
        world.loseAnswer(lost);
        const [first, ...again] = await sendUntilAccepted(row);
        expect(first).toMatchObject({ kind: 'failed', retryable: true });
        expect(isPerhaps(first)).toBe(!can.knowsRepeats);
        expect(again).toEqual([ACCEPTED]);
        expect(timesBrought((await count('线断了一次')) - seenBefore)).toBe(true);
      }
    });

    it('brings the same words twice where two rows say them', async () => {
      for (const make of [() => message('菜单如下。'), () => asking('菜单如下？', '好')])
        for (const row of [make(), make()]) expect(await send(row)).toMatchObject(ACCEPTED);
      expect(await count('菜单如下。')).toBe(2);
      expect(await count('菜单如下？')).toBe(2);
    });

    it.each(LANES)('says of an address nobody has that trying again is of no use, lane %s', async (lane) => {
      const row = message('有人吗', { lane, address: world.stranger });
      // Somebody else is reached: so it is this address, and not the platform that lets nobody be reached.
      await world.channel.send(row);
      world.pass(1);
      await world.channel.send(message('别人收得到。'));
      expect(await world.channel.send(row)).toEqual({
        kind: 'failed',
        retryable: false,
        reason: 'unreachable',
      });
      expect(await words()).not.toContain('有人吗');
    });

    it('that is down says to try again, and brings the message once when it is well', async () => {
      const row = message('总会到的。');
      world.breakDown('down');
      for (let n = 0; n < 5; n += 1)
        expect(await world.channel.send(row)).toMatchObject({ kind: 'failed', retryable: true });
      expect(await words()).toBe('');
      world.breakDown(null);
      await sendUntilAccepted(row);
      expect(await count('总会到的。')).toBe(1);
    });

    it('brings what is urgent at once, however much the reader was sent, and the rest in its time', async () => {
      const rows = Array.from({ length: 45 }, (_, n) => message(`第${String(n)}条。`, { lane: 'reminder' }));
      const results = await Promise.all(rows.map((row) => world.channel.send(row)));
      const urgent = message('紧急。', { lane: 'urgent' });
      expect(await world.channel.send(urgent)).toEqual(ACCEPTED);
      expect(await count('紧急。')).toBe(1);
      const waits = can.beforeReaderWrites === null ? { kind: 'later' } : CLOSED;
      const goes = results.filter((result) => result.kind === 'accepted');
      expect(goes.length).toBeGreaterThanOrEqual(can.beforeReaderWrites ?? 1);
      if (can.beforeReaderWrites !== null) expect(goes).toHaveLength(can.beforeReaderWrites);
      for (const [n, result] of results.entries()) {
        if (result.kind === 'accepted') continue;
        expect(result).toMatchObject(waits);
        await sendUntilAccepted(rows[n] ?? urgent);
      }
      for (const { text } of rows) expect(await count(text)).toBe(1);
    });

    if (!can.files) {
      it('says that a file does not go, and brings nothing of its message', async () => {
        const file = { id: uuidIds.next(), name: 'form.pdf', mime: 'application/pdf' };
        await world.keepFile(file, sampleFile('application/pdf'));
        const result = await world.channel.send(message('这是您的表。', { files: [file] }));
        expect(result).toEqual({ kind: 'failed', retryable: false, reason: 'refused' });
        expect(await arrived()).toEqual([]);
      });
      return;
    }

    it('brings a file with its name and every byte, below the words it goes with', async () => {
      const file = { id: uuidIds.next(), name: '走访表（11月25日）.pdf', mime: 'application/pdf' };
      const bytes = sampleFile('application/pdf', 3_000);
      await world.keepFile(file, bytes);
      await world.channel.send(message('这是您的表。', { files: [file] }));
      expect(await words()).toContain('这是您的表。');
      expect((await arrived()).flatMap(({ files }) => files)).toMatchObject([{ name: file.name, bytes }]);
    });

    it(`brings a file ${once} although the answer to it was lost`, async () => {
      const file = { id: uuidIds.next(), name: 'form.pdf', mime: 'application/pdf' };
      await world.keepFile(file, sampleFile('application/pdf'));
      for (const lost of [0, 1]) {
        const row = message('这是您的表。', { files: [file] });
        const seenBefore = (await arrived()).flatMap(({ files }) => files).length;
        world.loseAnswer(lost);
        expect((await sendUntilAccepted(row)).at(-1)).toEqual(ACCEPTED);
        const seen = (await arrived()).flatMap(({ files }) => files).length - seenBefore;
        expect(timesBrought(seen)).toBe(true);
        world.breakDown(null);
      }
      if (can.knowsRepeats) expect(await count('这是您的表。')).toBe(2);
    });
  });
}

function isPerhaps(result: SendResult | undefined): boolean {
  return result?.kind === 'failed' && result.perhaps === true;
}

function isClosed(result: SendResult): boolean {
  return result.kind === 'failed' && result.reason === 'closed';
}
