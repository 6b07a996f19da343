import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amrVoice } from '../support/sample-files.ts';
import { startService } from '../support/start-service.ts';
import { openChromium } from './chromium.ts';
import { SimulatorPage, type Person } from './simulator-page.ts';

let dataDir: string;
let service: { url: string; stop(): Promise<void> };
let browser: Browser;
let directors: Person[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hutong-voice-'));
  [service, browser] = await Promise.all([startService({ dataDir }), openChromium()]);
  const found = await fetch(`${service.url}/simulator/people?role=director`);
  directors = (await found.json()) as Person[];
});

afterAll(async () => {
  await browser.close();
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a voice message recorded in the page', () => {
  let context: BrowserContext;
  let simulator: SimulatorPage;
  let mishaps: string[];

  beforeEach(async () => {
    mishaps = [];
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.on('pageerror', (error) => mishaps.push(error.message));
    page.on('console', (line) => line.type() === 'error' && mishaps.push(line.text()));
    simulator = new SimulatorPage(page);
    await simulator.open(service.url);
    await simulator.pickBySearch(person(0));
  });

  afterEach(async () => {
    await context.close();
  });

  const allow = () => context.grantPermissions(['microphone'], { origin: service.url });
  const record = () => simulator.button('录一段语音');
  const focused = () => simulator.page.evaluate<string>('document.activeElement.id');
  const playedToTheEnd = (selector: string) =>
    simulator.page.evaluate<boolean>(`new Promise((done, failed) => {
      const audio = document.querySelector('${selector}');
      audio.onended = () => done(true);
      audio.play().catch(failed);
    })`);

  it('is listened to first, then sent, becomes a record with two taps, and is played from the service', async () => {
    await allow();
    await record().click();
    await simulator.page.getByText('正在录音，最长60秒。').waitFor();
    await simulator.page.getByRole('timer').filter({ hasText: '1秒' }).waitFor();
    await simulator.button('说完了').click();
    await simulator.page.getByText('录好了。').waitFor();
    expect(await playedToTheEnd('#record-audio')).toBe(true);

    await simulator.button('发送语音').click();
    await simulator.bubbles
      .filter({ hasText: /^语音\d秒收到了/u })
      .first()
      .waitFor();
    await simulator.press(simulator.button(/^见到/u).first());
    await simulator.press(simulator.button('未发现异常').last());
    await simulator.bubbles
      .filter({ hasText: /^已保存/u })
      .first()
      .waitFor();

    await simulator.page.reload();
    await simulator.page.locator('.from-person audio').first().waitFor();
    expect(await playedToTheEnd('.from-person audio')).toBe(true);
    expect(mishaps).toEqual([]);
  });

  it('is recorded, stopped and thrown away by keyboard alone, and nothing is sent', async () => {
    await allow();
    const before = await simulator.page.locator('.entry').count();
    await record().focus();
    await simulator.page.keyboard.press('Enter');
    await simulator.page.getByText('正在录音').waitFor();
    expect(await focused()).toBe('record-stop');
    await simulator.page.keyboard.press('Enter');
    await simulator.page.getByText('录好了。').waitFor();
    expect(await focused()).toBe('record-send');
    await simulator.page.keyboard.press('Escape');
    await simulator.page.locator('#record-bar').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('record');
    expect(await simulator.page.locator('.entry').count()).toBe(before);
    expect(mishaps).toEqual([]);
  });

  it('does not follow to another person', async () => {
    await allow();
    await record().click();
    await simulator.page.getByText('正在录音').waitFor();
    await simulator.button('回到选人').click();
    await simulator.pickBySearch(person(1));
    expect(await simulator.page.locator('#record-bar').isVisible()).toBe(false);
    expect(await simulator.page.locator('.from-person').count()).toBe(0);
  });

  it('says in a sentence that the microphone was refused, and what else can be done', async () => {
    const session = await context.newCDPSession(simulator.page);
    const permission = { name: 'microphone' };
    await session.send('Browser.setPermission', { permission, setting: 'denied', origin: service.url });
    await record().click();
    await simulator.page.getByText('没有用上麦克风').waitFor();
    expect(await simulator.page.locator('#record-bar').isVisible()).toBe(false);
  });

  it('in AMR, as WeCom sends it, is offered to be saved, with the reason', async () => {
    const voice = { base64: amrVoice(2).toString('base64') };
    await fetch(`${service.url}/simulator/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: person(2).account, voice }),
    });
    await simulator.button('回到选人').click();
    await simulator.pickBySearch(person(2));
    const link = simulator.page.getByRole('link', { name: /AMR/u });
    await link.waitFor();
    const [download] = await Promise.all([simulator.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^语音2秒\.amr$/u);
    expect(mishaps).toEqual([]);
  });
});

function person(place: number): Person {
  const found = directors[place];
  if (found === undefined) throw new Error('the demo county has too few directors');
  return found;
}
