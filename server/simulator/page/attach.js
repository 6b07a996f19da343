import { part } from './element.js';
import { say } from './words.js';

/** The file as the service takes it: bytes in base64, the kind by what the browser says; the service looks for itself. */
async function sentFrom(file) {
  const kind = file.type.startsWith('image/') ? 'photo' : 'voice';
  const base64 = await base64Of(file);
  return { text: say(`file.${kind}`), what: { [kind]: { mime: file.type, base64 } } };
}

/** The bytes of a file in base64. */
export function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

/** The button that sends a voice message or a photo out of a file. `send(text, what)` says it. */
export function offerAttaching(send) {
  const input = part('attach-file');
  part('attach').addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files;
    input.value = '';
    if (!file) return;
    const { text, what } = await sentFrom(file);
    send(text, what);
  });
}
