import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Phone } from '../support/phone.ts';
import { CHILDREN, startSmallCounty, type SmallCounty } from '../support/small-county.ts';

describe('a printed form', () => {
  let county: SmallCounty;
  beforeAll(async () => {
    county = await startSmallCounty();
  });
  afterAll(() => county.stop());

  const fetchFile = (id: string, account: string) =>
    fetch(`${county.url}/simulator/files/${id}?account=${encodeURIComponent(account)}`);

  it('reaches the one who asked for it, and nobody else', async () => {
    const [answer] = await new Phone(county, 'dir.zheng').say('打印');
    const [file] = answer?.files ?? [];
    expect(file).toMatchObject({ name: '走访表-11月23日.pdf', mime: 'application/pdf' });

    const got = await fetchFile(file?.id ?? '', 'dir.zheng');
    expect(got.status).toBe(200);
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(decodeURIComponent(got.headers.get('content-disposition') ?? '')).toContain('走访表-11月23日.pdf');
    expect(
      Buffer.from(await got.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');

    for (const other of ['dir.he', 'sup.zhou', 'nobody'])
      expect((await fetchFile(file?.id ?? '', other)).status).toBe(404);
    expect((await fetchFile('00000000-0000-7000-8000-000000000000', 'dir.zheng')).status).toBe(404);
  });

  it('lies sealed in the database, and no address or name of a file tells a child', async () => {
    const { store } = county.service.world;
    const [form, stored] = await Promise.all([
      store.client.paperForm.findFirstOrThrow(),
      store.client.storedFile.findFirstOrThrow(),
    ]);
    expect(Buffer.from(stored.body, 'base64').subarray(0, 5).toString()).not.toBe('%PDF-');
    const names = CHILDREN.map((child) => child.name);
    expect(names.filter((name) => JSON.stringify([form, county.log]).includes(name))).toEqual([]);
  });
});
