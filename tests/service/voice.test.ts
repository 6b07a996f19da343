import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Phone } from '../support/phone.ts';
import { amrVoice, sampleFile, wavTone } from '../support/sample-files.ts';
import { GUARDIAN, startSmallCounty, type SmallCounty, WORKERS } from '../support/small-county.ts';

let county: SmallCounty;
beforeAll(async () => {
  county = await startSmallCounty();
});
afterAll(() => county.stop());

const phone = (account: string) => new Phone(county, account);
const voice = (bytes: Buffer, seconds?: number) => ({
  voice: {
    mime: 'audio/wav',
    base64: bytes.toString('base64'),
    ...(seconds === undefined ? {} : { seconds }),
  },
});

/** Sends a body as it stands; gives the status and the code of the refusal. */
async function post(body: object): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const answer = await fetch(`${county.url}/simulator/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = (await answer.json()) as { readonly error?: { readonly code: string } };
  return { status: answer.status, code: read.error?.code };
}

/** The id of the file this account sent last, as its own thread shows it. */
async function newestFile(account: string): Promise<string> {
  const answer = await fetch(`${county.url}/simulator/thread?account=${account}`);
  const { entries } = (await answer.json()) as {
    readonly entries: readonly { readonly files?: readonly { readonly id: string }[] }[];
  };
  return entries.findLast((entry) => entry.files !== undefined)?.files?.[0]?.id ?? '';
}

describe('a voice message', () => {
  it('is stored with its message, once however often it is sent', async () => {
    const { client } = county.service.world.store;
    const send = () =>
      fetch(`${county.url}/simulator/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1' },
        body: JSON.stringify({ account: WORKERS.zheng.account, ...voice(wavTone()) }),
      });
    await Promise.all([send(), send()]);
    await send();
    expect(await client.storedFile.count()).toBe(1);
    expect(await client.inbox.count()).toBe(1);
  });

  it('of a director is played by herself and her supervisor, and by nobody else', async () => {
    const director = phone(WORKERS.zheng.account);
    await director.say('取消');
    await director.send(voice(wavTone()));
    await director.say('小明');
    const id = await newestFile(director.account);
    const before = await phone(WORKERS.zhou.account).fetchFile(id);
    expect(before.status).toBe(404); // no record yet: it is nobody's but hers
    await director.press('未发现异常');
    const played = await phone(WORKERS.zhou.account).fetchFile(id);
    expect(played.status).toBe(200);
    expect(played.headers.get('content-type')).toBe('audio/wav');
    expect(played.headers.get('x-content-type-options')).toBe('nosniff');
    expect(played.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await played.arrayBuffer()).equals(wavTone())).toBe(true);
    expect((await director.fetchFile(id)).status).toBe(200);
    for (const account of [WORKERS.he, WORKERS.xu, WORKERS.ye].map((w) => w.account))
      expect((await phone(account).fetchFile(id)).status).toBe(404);
    expect((await phone(`guardian:${GUARDIAN.id}`).fetchFile(id)).status).toBe(404);
    const access = await county.service.world.store.client.accessRow.findMany({ where: { screen: 'file' } });
    expect(access).toHaveLength(1); // the supervisor's; her own is no reading of somebody else's
  });

  it('of a report is for those who were told of it: not even the supervisor of the child besides', async () => {
    const director = phone(WORKERS.he.account);
    await director.say('紧急');
    await director.send(voice(wavTone()));
    await director.say('说完了');
    const id = await newestFile(director.account);
    expect((await phone(WORKERS.zhou.account).fetchFile(id)).status).toBe(200);
    expect((await phone(WORKERS.jiang.account).fetchFile(id)).status).toBe(404);
    expect((await phone(WORKERS.luo.account).fetchFile(id)).status).toBe(404);
  });

  it.each(['../../data/keys.json', '..%2f..%2fkeys.json', 'no-such-file', '%00', 'a'.repeat(150)])(
    'is not to be had as %s',
    async (id) => {
      const answer = await fetch(`${county.url}/simulator/files/${id}?account=${WORKERS.zheng.account}`);
      expect([400, 404]).toContain(answer.status);
      expect(await answer.json()).toHaveProperty('error.message');
    },
  );
});

describe('what is not taken', () => {
  const account = WORKERS.zheng.account;
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  it.each([
    ['a photo as voice', { voice: { base64: base64(sampleFile('image/png')) } }, 415, 'wrong-file'],
    [
      'a page as photo',
      { photo: { mime: 'image/png', base64: base64(Buffer.from('<html>')) } },
      415,
      'wrong-file',
    ],
    ['nothing', { voice: { base64: '' } }, 400, 'empty-file'],
    [
      'a voice message above 2 MB',
      { voice: { base64: base64(sampleFile('audio/ogg', 2_100_000)) } },
      413,
      'large-file',
    ],
    [
      'a photo above 10 MB',
      { photo: { base64: base64(sampleFile('image/jpeg', 10_485_761)) } },
      413,
      'large-file',
    ],
    [
      'a photo far above',
      { photo: { base64: base64(sampleFile('image/jpeg', 12_000_000)) } },
      413,
      'too-large',
    ],
    ['more than a minute', { voice: { base64: base64(amrVoice(61)) } }, 400, 'long-voice'],
    [
      'more than a minute, as it is said',
      { voice: { base64: base64(sampleFile('audio/ogg')), seconds: 90 } },
      400,
      'long-voice',
    ],
    ['no base64', { voice: { base64: '好的' } }, 400, 'bad-file'],
    ['a file that is no object', { photo: 'x' }, 400, 'bad-file'],
    ['a place that is nowhere', { location: { latitude: 91, longitude: 0 } }, 400, 'bad-location'],
    [
      'two things at once',
      { text: '走访', location: { latitude: 26, longitude: 119 } },
      400,
      'text-or-option',
    ],
  ])('%s', async (_what, body, status, code) => {
    const { client } = county.service.world.store;
    const before = await client.storedFile.count();
    expect(await post({ account, ...body })).toEqual({ status, code });
    expect(await client.storedFile.count()).toBe(before);
  });

  it('a long text still is', async () => {
    expect(await post({ account, text: 'x'.repeat(300_000) })).toEqual({ status: 400, code: 'long-text' });
  });
});
