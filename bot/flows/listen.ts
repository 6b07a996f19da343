import { saidFile } from '../../server/domain/files/file-ref.ts';
import type { WaitingVoice } from '../../server/domain/files/waiting-voice.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { filled, type CommandRun, type CommandWord } from '../dialog/flow.ts';
import { topFrame, withTop, type Frame, type Session } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { beginAskDanger } from './ask-danger.ts';
import { NOTE_LIMIT } from './record-slots.ts';
import { hasVoice } from './sent.ts';

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

/**
 * 文字: what was said in a voice message, written down: of the one that is being asked about, otherwise of the voice
 * record stored last. Words of danger are noticed here too.
 */
export const voiceWordsWord: CommandWord = {
  id: 'voice-words',
  words: ['文字', 'text'],
  takesRest: 'after-break',
  allowed: (view) => view.caseload.length > 0,
  run: ({ target, heard, session, view, context }) => {
    const words = heard === null ? null : target;
    const top = topFrame(session);
    if (top !== undefined && waitsWithVoice(top))
      return words === null ? how() : toWaiting(session, top, words, heard);
    const all = session.lastSaved === null ? [] : [session.lastSaved, ...session.earlierSaved];
    const saved = all.find(({ voice }) => voice === true);
    if (saved === undefined) return { replies: [say('voice.no-record')], commands: [] };
    if (words === null) return how();
    const contactId = context.newId();
    const [signal] = heard?.signals ?? [];
    const [lastSaved = null, ...earlierSaved] = all.map((s) => (s === saved ? { ...s, contactId } : s));
    return {
      session: { ...session, lastSaved, earlierSaved },
      replies: [say('voice.words-added', { child: childOf(view, saved.childId)?.name ?? '' })],
      commands: [{ type: 'add-voice-words', contactId, targetId: saved.contactId, text: words }],
      ...(signal ? { then: [beginAskDanger(signal.quote, words, saved.childId)] } : {}),
    };
  },
};

function how(): CommandRun {
  return { replies: [say('voice.how-words')], commands: [] };
}

/** A voice message whose child or whose last question is still being asked for. */
function waitsWithVoice(top: Frame): boolean {
  return ['voice-note', 'record-visit', 'record-contact'].includes(top.flow) && hasVoice(top);
}

/** The words go with the voice message that waits, whosever it turns out to be; its card quotes danger in them. */
function toWaiting(session: Session, top: Frame, words: string, heard: Heard | null): CommandRun {
  const { note } = top.slots;
  const both = (typeof note === 'string' ? `${note}；${words}` : words).slice(0, NOTE_LIMIT);
  const [signal] = heard?.signals ?? [];
  const noted = filled(top, 'note', both);
  return {
    session: withTop(session, signal === undefined ? noted : filled(noted, 'signal', signal.quote)),
    replies: [],
    because: say('voice.words-kept'),
    commands: [],
    // A card quotes it beside its last question; before that nobody would be asked until a child is chosen.
    ...(signal !== undefined && top.flow === 'voice-note'
      ? { then: [beginAskDanger(signal.quote, words, null)] }
      : {}),
  };
}

/** A director hears the families; a supervisor also the records of the township. */
function forThem(view: View): readonly WaitingVoice[] {
  const waiting = (view.listening ?? []).filter(
    ({ senderId, keptFrom }) => senderId !== view.personId && !keptFrom.includes(view.personId ?? ''),
  );
  return view.role === 'director' ? waiting.filter((voice) => voice.source === 'family') : waiting;
}

function lineOf({ source, childId, from, sender, receivedAt, file }: WaitingVoice, view: View): Say {
  const name = saidFile(file).name;
  if (source === 'family')
    return typeof sender?.phone === 'string'
      ? say('listen.family-line-call', { at: receivedAt, from: sender.name, phone: sender.phone, name })
      : say('listen.family-line', { at: receivedAt, from: say(`reporter.${from}`), name });
  const child = childOf(view, childId);
  const director = child?.directors[0] ?? '';
  return say('listen.record-line', { at: receivedAt, child: child?.name ?? '', director, name });
}
