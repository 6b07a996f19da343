import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wavTone } from '../support/sample-files.ts';
import { startService } from '../support/start-service.ts';
import { openChromium } from './chromium.ts';
import { SimulatorPage, type Person } from './simulator-page.ts';

const SCREENS = [
  { screen: 'a phone', place: 0, viewport: { width: 390, height: 844 } },
  { screen: 'a desktop', place: 1, viewport: { width: 1280, height: 800 } },
];
const NAME_AT_FRONT = /^[\p{Script=Han}·]{2,}/u;

let dataDir: string;
let service: { url: string; stop(): Promise<void> };
let browser: Browser;
let directors: Person[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hutong-browser-'));
  [service, browser] = await Promise.all([startService({ dataDir }), openChromium()]);
  directors = await ask<Person[]>('people?role=director');
});

afterAll(async () => {
  await browser.close();
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.each(SCREENS)('the simulator on $screen', ({ place, viewport }) => {
  let context: BrowserContext;
  let simulator: SimulatorPage;
  let director: Person;
  let mishaps: string[];
  let foreignRequests: string[];

  beforeEach(async () => {
    const found = directors[place];
    if (found === undefined) throw new Error('the demo county has too few directors');
    director = found;
    mishaps = [];
    foreignRequests = [];
    context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'America/New_York' });
    const page = await context.newPage();
    page.on('pageerror', (error) => mishaps.push(error.message));
    page.on('console', (line) => line.type() === 'error' && mishaps.push(line.text()));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== service.url) foreignRequests.push(request.url());
    });
    simulator = new SimulatorPage(page);
    await simulator.open(service.url);
  });

  afterEach(async () => {
    await context.close();
  });

  it("a director's sentence becomes a stored visit by pressing buttons", async () => {
    await simulator.pickBySearch(director);
    await simulator.press(simulator.quickWord('走访'));
    const child = (await simulator.freshLabels()).flatMap((label) => NAME_AT_FRONT.exec(label) ?? [])[0];
    expect(child).toBeDefined();
    await simulator.say('取消');

    await simulator.say(`今天去看了${String(child)},奶奶在,作业没写完`);
    const stored = await simulator.answerUntilStored();
    expect(stored).toContain(child);

    await simulator.page.reload(); // what was stored is told again by the service, not by the page
    await simulator.bubbles
      .filter({ hasText: /^已保存/u })
      .first()
      .waitFor();
    expect(mishaps).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  it('a voice file becomes a record with two taps, and is played where it stands', async () => {
    await simulator.pickBySearch(director);
    const file = { name: '录音.wav', mimeType: 'audio/wav', buffer: wavTone() };
    await simulator.page.locator('#attach-file').setInputFiles(file);
    await simulator.bubbles.filter({ hasText: '语音1秒收到了' }).first().waitFor();
    await simulator.press(simulator.button(/^见到/u).first());
    await simulator.press(simulator.button('未发现异常').last());
    await simulator.bubbles
      .filter({ hasText: /^已保存/u })
      .first()
      .waitFor();

    await simulator.page.reload(); // the page has the sound from the service now, not from the file
    await simulator.page.locator('.from-person audio').first().waitFor();
    const ended = await simulator.page.evaluate(`new Promise((done, failed) => {
      const audio = document.querySelector('.from-person audio');
      audio.onended = () => done(true);
      audio.play().catch(failed);
    })`);
    expect(ended).toBe(true);
    expect(mishaps).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  it('the clock moves forward by its button and says what was sent on the way', async () => {
    const before = await businessTime();
    await simulator.showClock();
    await simulator.button('+1天').click();
    await simulator.page.getByText(/发出了 \d+ 条/u).waitFor({ timeout: 60_000 });
    const movedHours = (Date.parse(await businessTime()) - Date.parse(before)) / 3_600_000;
    expect(Math.round(movedHours)).toBe(24);
    expect(mishaps).toEqual([]);
  });

  it('a time that has passed is refused with a sentence, and the clock stays', async () => {
    const before = Date.parse(await businessTime());
    await simulator.showClock();
    await simulator.page.getByLabel(/拨到这个时间/u).fill('2001-01-01T08:00');
    await simulator.button('出发').click();
    const said = simulator.page.locator('#clock-note', { hasText: '时钟没有拨动' });
    await said.waitFor();
    expect(await said.textContent()).toMatch(/时钟没有拨动。.{4,}/u);
    expect(Date.parse(await businessTime())).toBeGreaterThanOrEqual(before);
  });

  it('what a person writes is shown as it is written, never run', async () => {
    const nasty = '<img src=x onerror="document.title=1"><b>小明</b>';
    await simulator.pickBySearch(director);
    await simulator.say(nasty);
    await simulator.page.locator('.from-person .bubble-text', { hasText: nasty }).waitFor();
    expect(await simulator.page.locator('#log img, #log b').count()).toBe(0);
    await simulator.say('取消');
    expect(mishaps).toEqual([]);
  });

  it('the red button is in sight while a person writes, and the page is no wider than the screen', async () => {
    await simulator.pickBySearch(director);
    await simulator.page.getByRole('textbox', { name: '在这里写' }).fill('很长的一段话。'.repeat(60));
    const box = await simulator.page.locator('#composer').getByRole('button', { name: '紧急' }).boundingBox();
    expect(box?.y).toBeLessThan(viewport.height - (box?.height ?? viewport.height));
    expect(await simulator.page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  });

  it('without a connection the page says so, and carries on once it is back', async () => {
    await simulator.pickBySearch(director);
    await context.setOffline(true);
    const warning = simulator.page.locator('#offline');
    await warning.filter({ hasText: '没有网络' }).waitFor();
    await simulator.say('待办');
    await simulator.page.getByText('没有等到回音').waitFor();
    await context.setOffline(false);
    await simulator.button('再发一次').click();
    await simulator.page.locator('.failed').waitFor({ state: 'detached' });
    await warning.waitFor({ state: 'hidden' });
  });

  it('the page speaks English when asked and remembers it', async () => {
    await simulator.button('English').click();
    await simulator.page.getByRole('heading', { name: 'Who are you today?' }).waitFor();
    await simulator.page.reload();
    await simulator.page.getByText('Simulator: a demo with invented people').waitFor();
    await simulator.button('中文').click();
    await simulator.page.getByText('模拟器').waitFor();
  });
});

/** What the service itself says, beside the page. */
async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${service.url}/simulator/${path}`);
  return response.json() as Promise<Answer>;
}

async function businessTime(): Promise<string> {
  return (await ask<{ now: string }>('clock')).now;
}
