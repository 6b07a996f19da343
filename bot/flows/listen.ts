import { saidFile } from '../../server/domain/files/file-ref.ts';
import type { WaitingVoice } from '../../server/domain/files/waiting-voice.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import { childOf, type View } from '../dialog/view.ts';
import { beginAskDanger } from './ask-danger.ts';

/** So many are handed over at once. */
const LISTEN_LIMIT = 5;

const isWorker = (view: View): boolean => !['guardian', 'carer', 'stranger'].includes(view.role);

/** 听: the voice messages nobody has listened to yet, to be played. Whoever plays one has listened. */
export const listenWord: CommandWord = {
  id: 'listen',
  words: ['听', '听语音', '语音', 'listen'],
  allowed: isWorker,
  run: ({ view }) => {
    const waiting = forThem(view);
    if (waiting.length === 0) return { replies: [say('listen.none')], commands: [] };
    const now = waiting.slice(0, LISTEN_LIMIT);
    const more = waiting.length - now.length;
    const childIds = now.flatMap((voice) => voice.childId ?? []);
    return {
      replies: [
        {
          ...say('listen.list', {
            count: waiting.length,
            lines: now.map((voice) => lineOf(voice, view)),
            rest: more > 0 ? [say('listen.rest', { count: more })] : [],
          }),
          files: now.map((voice) => saidFile(voice.file)),
        },
      ],
      commands: [{ type: 'note-access', screen: 'listen', childIds }],
    };
  },
};

/** 文字: what was said in the voice record stored last, written down. Words of danger are noticed here too. */
export const voiceWordsWord: CommandWord = {
  id: 'voice-words',
  words: ['文字', 'text'],
  takesRest: 'after-break',
  allowed: (view) => view.caseload.length > 0,
  run: ({ target, heard, session, view, context }) => {
    const all = session.lastSaved === null ? [] : [session.lastSaved, ...session.earlierSaved];
    const saved = all.find(({ is }) => is === undefined);
    if (saved === undefined) return { replies: [say('voice.no-record')], commands: [] };
    if (target === null || heard === null) return { replies: [say('voice.how-words')], commands: [] };
    const contactId = context.newId();
    const [signal] = heard.signals;
    const [lastSaved = null, ...earlierSaved] = all.map((s) => (s === saved ? { ...s, contactId } : s));
    return {
      session: { ...session, lastSaved, earlierSaved },
      replies: [say('voice.words-added', { child: childOf(view, saved.childId)?.name ?? '' })],
      commands: [{ type: 'add-voice-words', contactId, targetId: saved.contactId, text: target }],
      ...(signal ? { then: [beginAskDanger(signal.quote, target, saved.childId)] } : {}),
    };
  },
};

/** A director hears the families; a supervisor also the records of the township. */
function forThem(view: View): readonly WaitingVoice[] {
  const waiting = (view.listening ?? []).filter((voice) => voice.senderId !== view.personId);
  return view.role === 'director' ? waiting.filter((voice) => voice.source === 'family') : waiting;
}

function lineOf({ source, childId, from, receivedAt, file }: WaitingVoice, view: View): Say {
  const name = saidFile(file).name;
  if (source === 'family')
    return say('listen.family-line', { at: receivedAt, from: say(`reporter.${from}`), name });
  const child = childOf(view, childId);
  const director = child?.directors[0] ?? '';
  return say('listen.record-line', { at: receivedAt, child: child?.name ?? '', director, name });
}
