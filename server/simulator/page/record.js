import { base64Of } from './attach.js';
import { note, part } from './element.js';
import { say } from './words.js';

/** What one voice message may last: the service takes no longer one. */
const LIMIT_SECONDS = 60;
/** Enough for speech: a minute stays far below the size the service takes. */
const BITS_PER_SECOND = 32_000;
const TICK_MS = 250;
/** The first of these that the browser writes; without any of them, whatever it chooses. */
const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** Why there is no microphone, as a key of words.js. */
function reasonOf(error) {
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'micRefused';
  return error.name === 'NotFoundError' ? 'micMissing' : 'micFailed';
}

function recorderOn(stream) {
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  const options = { audioBitsPerSecond: BITS_PER_SECOND };
  return new MediaRecorder(stream, mimeType ? { ...options, mimeType } : options);
}

/**
 * A voice message said into the page: recorded, listened to, and then sent or thrown away. `send(text, what)` says it.
 * Whoever opens another person throws it away: a voice goes out under the name it was recorded under, or not at all.
 */
export class VoiceRecorder {
  #send;
  #take = null; // the recording under way or waiting; each has its own object, so that a late event of an old one is known

  constructor(send) {
    this.#send = send;
    part('record').addEventListener('click', () => this.#press());
    part('record-stop').addEventListener('click', () => this.#stop());
    part('record-send').addEventListener('click', () => this.#sendTake());
    part('record-drop').addEventListener('click', () => this.#drop());
    part('record-bar').addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#drop();
    });
  }

  /** Throws away what was recorded, without a word. */
  discard() {
    const take = this.#take;
    this.#take = null;
    if (take) this.#release(take);
    this.#show('idle');
    note(part('record-note'), '');
  }

  /** Begins, ends, or begins anew; while the browser still asks about the microphone, nothing. */
  #press() {
    if (this.#take && !this.#take.blob) return this.#stop();
    this.discard();
    return this.#begin();
  }

  async #begin() {
    const take = { parts: [], seconds: 0 };
    this.#take = take;
    note(part('record-note'), '');
    try {
      if (!navigator.mediaDevices || !window.MediaRecorder) throw new DOMException('', 'NotSupportedError');
      take.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (this.#take !== take) return this.#release(take);
      take.recorder = recorderOn(take.stream);
      this.#follow(take);
      take.recorder.start();
    } catch (error) {
      this.#release(take);
      if (this.#take !== take) return;
      this.#take = null;
      this.#show('idle');
      const reason = window.isSecureContext ? reasonOf(error) : 'micInsecure';
      note(part('record-note'), say(reason));
    }
  }

  #follow(take) {
    const { recorder } = take;
    recorder.addEventListener('dataavailable', ({ data }) => take.parts.push(data));
    recorder.addEventListener('start', () => {
      take.beganMs = performance.now();
      take.timer = setInterval(() => this.#tick(take), TICK_MS);
      if (this.#take !== take) return;
      this.#show('recording');
      this.#tick(take);
      part('record-stop').focus();
    });
    recorder.addEventListener('stop', () => this.#stopped(take));
  }

  #tick(take) {
    take.seconds = Math.min(LIMIT_SECONDS, (performance.now() - take.beganMs) / 1000);
    if (this.#take === take)
      part('record-time').textContent = say('recordTime', { s: Math.floor(take.seconds) });
    if (take.seconds >= LIMIT_SECONDS) this.#stop();
  }

  #stop() {
    if (this.#take?.recorder?.state === 'recording') this.#take.recorder.stop();
  }

  #stopped(take) {
    if (take.beganMs !== undefined)
      take.seconds = Math.min(LIMIT_SECONDS, (performance.now() - take.beganMs) / 1000);
    const blob = new Blob(take.parts, { type: take.recorder.mimeType });
    this.#release(take);
    if (this.#take !== take) return;
    take.blob = blob;
    take.url = URL.createObjectURL(blob);
    part('record-audio').src = take.url;
    this.#show('recorded');
    part('record-send').focus();
  }

  async #sendTake() {
    const take = this.#take;
    if (!take?.blob) return;
    this.#take = null;
    const base64 = await base64Of(take.blob);
    const voice = { base64, seconds: Math.max(1, Math.ceil(take.seconds)) };
    this.#release(take);
    this.#show('idle');
    part('record').focus();
    this.#send(say('file.voice'), { voice });
  }

  #drop() {
    this.discard();
    part('record').focus();
  }

  /** Lets go of the microphone and of the bytes. */
  #release(take) {
    clearInterval(take.timer);
    if (take.recorder?.state === 'recording') take.recorder.stop();
    for (const track of take.stream?.getTracks() ?? []) track.stop();
    if (take.url) URL.revokeObjectURL(take.url);
  }

  #show(state) {
    part('record-bar').hidden = state === 'idle';
    part('record').setAttribute('aria-pressed', String(state === 'recording'));
    part('record-stop').hidden = state !== 'recording';
    part('record-time').hidden = state !== 'recording';
    part('record-send').hidden = state !== 'recorded';
    part('record-audio').hidden = state !== 'recorded';
    if (state !== 'recorded') part('record-audio').removeAttribute('src');
    const key = { recording: 'recordingNow', recorded: 'recordedNow' }[state];
    part('record-state').textContent = key ? say(key, { limit: LIMIT_SECONDS }) : '';
  }
}
