import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../server/domain/commands.ts';
import { loadWording } from '../../../server/platform/wording.ts';
import { LANGUAGES } from '../../../server/platform/wording-formats.ts';
import { emptied } from '../../../bot/dialog/flow.ts';
import { FRAME_LIMIT, readSession, type Frame } from '../../../bot/dialog/session.ts';
import type { Outcome } from '../../../bot/dialog/step.ts';
import type { Role } from '../../../bot/dialog/view.ts';
import { anyDeed, OPEN_REPORT, saysOf, Talk, viewOf, words, type Deed } from '../stage.ts';

const wording = loadWording();
const RUNS = { numRuns: 150 };
const anyRole = fc.constantFrom<Role>(
  'director',
  'director',
  'supervisor',
  'deputy',
  'county-desk',
  'county-leader',
  'guardian',
  'carer',
  'stranger',
);
const anyDeeds = fc.array(anyDeed, { minLength: 1, maxLength: 25 });
const RECORDING = ['record-contact', 'withdraw-contact'];

interface Played {
  readonly deed: Deed;
  readonly outcome: Outcome;
}

/** A whole conversation; every button ever offered stays on the phone. */
function play(
  role: Role,
  deeds: readonly Deed[],
): { readonly talk: Talk; readonly played: readonly Played[] } {
  const talk = new Talk(viewOf(role, role === 'director' ? [] : [OPEN_REPORT]));
  const buttons: string[] = [];
  let newest: readonly string[] = [];
  const played = deeds.flatMap((deed): Played[] => {
    const outcome = doOn(talk, deed, newest, buttons);
    if (outcome === null) return [];
    const offered = outcome.replies.flatMap((r) => (r.options ?? []).map((o) => o.id));
    if (offered.length > 0) newest = offered;
    buttons.push(...offered);
    return [{ deed, outcome }];
  });
  return { talk, played };
}

function doOn(talk: Talk, deed: Deed, newest: readonly string[], all: readonly string[]): Outcome | null {
  switch (deed.does) {
    case 'says':
      return talk.say(deed.text);
    case 'presses-id':
      return talk.press(deed.id);
    case 'waits':
      talk.pass(deed.minutes * 60_000);
      return talk.take({ kind: 'wake' });
    case 'presses':
    case 'presses-old': {
      const from = deed.does === 'presses' ? newest : all;
      const id = from[deed.nth % Math.max(1, from.length)];
      return id === undefined ? null : talk.press(id);
    }
  }
}

const commandsOf = (played: readonly Played[]): readonly Command[] =>
  played.flatMap((p) => p.outcome.commands);

describe('any conversation, whoever talks and whatever they do', () => {
  it('never throws, and what is remembered can always be read again', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        for (const { outcome } of play(role, deeds).played) {
          expect(readSession(JSON.stringify(outcome.session))).toEqual(outcome.session);
          expect(outcome.session.frames.length).toBeLessThanOrEqual(FRAME_LIMIT);
        }
      }),
      RUNS,
    );
  });

  it('every word and press is answered; only silence is met with silence', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        for (const { deed, outcome } of play(role, deeds).played)
          if (deed.does !== 'waits') expect(outcome.replies.length).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it('everything said is written in both languages, with every value given and no more than 2,000 bytes of it ours', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        for (const { outcome } of play(role, deeds).played)
          for (const reply of outcome.replies)
            for (const language of LANGUAGES) {
              expect(wording.render(language, reply)).not.toMatch(/\{\{|…$|undefined|\[object/);
              for (const inner of saysOf(reply))
                expect(inner.key === 'plain' || wording.has(inner.key), inner.key).toBe(true);
            }
      }),
      { numRuns: 60 },
    );
  });

  it('a message has at most eight options, each with a short id and a label, none twice', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        for (const { outcome } of play(role, deeds).played)
          for (const { options = [] } of outcome.replies) {
            expect(options.length).toBeLessThanOrEqual(8);
            expect(new Set(options.map((o) => o.id)).size).toBe(options.length);
            for (const { id } of options) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
          }
      }),
      RUNS,
    );
  });

  it('取消 a few times leaves every conversation but a report that is being told, and 紧急 opens one from anywhere', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        const { talk } = play(role, deeds);
        const urgent = new Talk(talk.view, talk.session);
        const opened = urgent.say('紧急');
        const isTelling = talk.session.frames.at(-1)?.flow === 'open-report';
        expect(opened.commands.some((c) => c.type === 'open-report')).toBe(!isTelling);
        expect(urgent.session.frames.at(-1)?.flow).toBe('open-report');
        for (let n = 0; n <= FRAME_LIMIT; n += 1) {
          if (talk.session.frames.at(-1)?.flow === 'open-report') talk.say('说完了');
          else talk.say('取消');
        }
        expect(talk.session.frames).toEqual([]);
      }),
      RUNS,
    );
  });

  it('返回 again and again comes to an end as well', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        const { talk } = play(role, deeds);
        for (let n = 0; n < 60 && talk.session.frames.length > 0; n += 1)
          talk.say(talk.session.frames.at(-1)?.flow === 'open-report' ? '说完了' : '返回');
        expect(talk.session.frames).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('the random conversations', () => {
  it('come to visits, calls, worries, withdrawals and reports', () => {
    const deeds = fc.sample(anyDeeds, { numRuns: 300, seed: 20261123 });
    const done = new Set(deeds.flatMap((d) => commandsOf(play('director', d).played).map((c) => c.type)));
    for (const type of [...RECORDING, 'answer-concern', 'open-report', 'add-report-words', 'give-feedback'])
      expect([...done]).toContain(type);
  });
});

describe('what may never happen', () => {
  it('no digit ever opens a report', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, fc.nat(99), (role, deeds, digit) => {
        const { talk } = play(role, deeds);
        expect(talk.say(String(digit)).commands.filter((c) => c.type === 'open-report')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('nor does one on the screen of danger signs, where the button and the words do', () => {
    for (const digit of ['1', '2']) {
      const talk = new Talk(viewOf());
      talk.say('今天去看了李小明，奶奶在，见到孩子了，作业没写完');
      talk.say('有担心');
      talk.say('方便');
      expect(talk.session.frames.at(-1)).toMatchObject({ flow: 'concern', asking: 'signs' });
      expect(talk.say(digit).commands).toEqual([]);
      talk.say('方便');
      expect(talk.say('有').commands.map((c) => c.type)).toContain('open-report');
    }
  });

  it('a report once opened is taken back by nothing, and what is said while it is told is kept', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        const talk = new Talk(viewOf(role));
        const [opened] = talk.say('紧急').commands.filter((c) => c.type === 'open-report');
        const texts = deeds.flatMap((d) => (d.does === 'says' ? [d.text] : []));
        for (const text of texts) {
          const top = talk.session.frames.at(-1);
          const { commands } = talk.say(text);
          for (const c of commands) {
            if (c.type === 'withdraw-contact') expect(c.targetId).not.toBe(opened?.reportId);
            if (c.type === 'add-report-words' && top?.flow === 'open-report')
              expect(c).toMatchObject({ reportId: top.slots.reportId, text: text.trim() });
          }
        }
      }),
      RUNS,
    );
  });

  it('a button of an older question stores, changes and takes back no record', () => {
    fc.assert(
      fc.property(anyDeeds, (deeds) => {
        const { talk, played } = play('director', deeds);
        const current = `q${String(talk.session.askId)}.`;
        const stale = played
          .flatMap((p) => p.outcome.replies.flatMap((r) => (r.options ?? []).map((o) => o.id)))
          .filter((id) => id.startsWith('q') && !id.startsWith(current));
        for (const id of new Set(stale)) {
          const before = new Talk(talk.view, talk.session);
          const { commands, session } = before.press(id);
          expect(commands.filter((c) => c.type !== 'note-access')).toEqual([]); // asked again, seen again
          // The screen of danger signs asks anew whether it is safe to talk; everything else is as it was.
          const kept = (frames: readonly Frame[]) => frames.map((f) => emptied(f, 'talk').slots);
          expect(kept(session.frames)).toEqual(kept(talk.session.frames));
        }
      }),
      RUNS,
    );
  });

  it('no record is of a day to come, and none says that all is well of a child nobody saw', () => {
    fc.assert(
      fc.property(anyDeeds, (deeds) => {
        const { talk, played } = play('director', deeds);
        for (const c of commandsOf(played)) {
          if (c.type !== 'record-contact') continue;
          expect(c.takenOn <= talk.view.today).toBe(true);
          // A way that met nobody, a locked door or a call not taken, is an attempt, and says nothing of the child.
          const isAttempt = c.nobodyMet === true;
          if (c.outcome === 'none')
            expect(isAttempt || c.mode === 'phone' || c.childSeen === true).toBe(true);
          expect(c.concernId === null).toBe(c.outcome === 'none');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a worry always ends with somebody: a call, a report or a day to look again', () => {
    fc.assert(
      fc.property(anyDeeds, (deeds) => {
        const { talk, played } = play('director', deeds);
        const concerns = commandsOf(played).flatMap((c) =>
          c.type === 'record-contact' && c.concernId !== null ? [c.concernId] : [],
        );
        const waiting = talk.session.frames.filter((f) => f.flow === 'concern').map((f) => f.slots.concernId);
        talk.pass(30 * 60_000);
        const last = talk.take({ kind: 'wake' });
        const answered = [...commandsOf(played), ...last.commands].flatMap((c) =>
          c.type === 'answer-concern' ? [c.concernId] : [],
        );
        for (const id of concerns) expect([...answered]).toContain(id);
        expect(waiting.length).toBeLessThanOrEqual(FRAME_LIMIT);
      }),
      { numRuns: 300 },
    );
  });

  it('families and strangers never record, see or take anything', () => {
    fc.assert(
      fc.property(fc.constantFrom<Role>('guardian', 'carer', 'stranger'), anyDeeds, (role, deeds) => {
        const types = commandsOf(play(role, deeds).played).map((c) => c.type);
        const allowed = [
          'open-report',
          'add-report-words',
          'answer-report',
          'give-feedback',
          'choose-language',
        ];
        expect(types.filter((t) => !allowed.includes(t))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('the same conversation with the same clock and ids is the same twice', () => {
    fc.assert(
      fc.property(anyRole, anyDeeds, (role, deeds) => {
        expect(play(role, deeds).played).toEqual(play(role, deeds).played);
      }),
      { numRuns: 40 },
    );
  });
});

describe('words on the card and between questions', () => {
  const card = (): Talk => {
    const talk = new Talk(viewOf());
    talk.say('今天去看了小明，见到孩子了，奶奶在');
    return talk;
  };

  it.each(['好的', '对', '嗯嗯', '是的。'])('%s stores nothing and stands in no note', (word) => {
    const talk = card();
    const before = talk.session.frames.at(-1)?.slots;
    expect(talk.say(word).commands.filter((c) => c.type !== 'note-access')).toEqual([]);
    expect(talk.session.frames.at(-1)?.slots).toEqual(before);
  });

  it.each([
    ['是爷爷在', 'met', ['爷爷', '孩子本人']],
    ['昨天', 'on', '2026-11-22'],
    ['没见到孩子', 'seen', false],
  ])('%s corrects the line %s', (word, slot, value) => {
    const talk = card();
    talk.say(word);
    expect(talk.session.frames.at(-1)?.slots[slot]).toEqual(value);
  });

  it('another child told on the card of the first is a record of its own', () => {
    const talk = card();
    const { commands } = talk.say('联系了小红 电话 一切都好');
    expect(commands.filter((c) => c.type !== 'note-access')).toMatchObject([
      { type: 'record-contact', mode: 'phone', outcome: 'none' },
    ]);
    expect(talk.session.frames.at(-1)?.slots.note).toBe('今天去看了小明，见到孩子了，奶奶在');
  });

  it.each([
    ['有点瘦', null],
    ['是爷爷开的门', null],
    ['见到了，但是瘦了很多', true],
    ['没有', false],
    ['没见到人', false],
    ['不知道', null],
  ])('asked whether the child was seen, %s is read as %s', (word, seen) => {
    const talk = new Talk(viewOf());
    talk.say('今天去看了小明，奶奶在，作业没写完');
    expect(talk.session.frames.at(-1)?.asking).toBe('seen');
    talk.say(word);
    expect(talk.session.frames.at(-1)?.slots.seen ?? null).toBe(seen);
  });

  it('a danger phrase in the answer to any question puts the red button on the card, and is not shown there', () => {
    const talk = new Talk(viewOf());
    talk.say('走访 小明');
    talk.say('昨天');
    for (const id of ['home', 'm1', 'yes']) talk.press(`q${String(talk.session.askId)}.${id}`);
    const { replies } = talk.say('在家，胳膊上有淤青');
    expect(replies.flatMap((r) => (r.options ?? []).map((o) => o.id))).toContain('c:urgent');
    expect(JSON.stringify(replies)).not.toContain('淤青');
    const { commands } = talk.press('c:urgent');
    expect(commands).toMatchObject([
      { type: 'open-report', words: '在家，胳膊上有淤青' },
      { type: 'answer-report', answer: 'kind', value: 'violence' },
    ]);
  });

  it('a button of a conversation that ended in silence answers nothing below it', () => {
    const talk = new Talk(viewOf());
    talk.say('今天去了小明小红家，见到孩子了');
    const event = words('今天去看了小明，见到孩子了，奶奶在', talk.view);
    talk.take(event);
    const asked = talk.session.askId;
    talk.pass(73 * 3_600_000);
    talk.take({ kind: 'wake' });
    expect(talk.press(`q${String(asked)}.none`).commands.filter((c) => RECORDING.includes(c.type))).toEqual(
      [],
    );
  });
});
