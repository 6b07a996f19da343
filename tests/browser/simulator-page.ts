import type { Locator, Page } from 'playwright-core';

/** One person of the picker, as `GET /simulator/people` tells. */
export interface Person {
  readonly account: string;
  readonly name: string;
}

const TURNS_AT_MOST = 14;

/** What a hurried director answers, first fitting one first: each question of a visit has one of these. */
const HURRIED_ANSWERS: readonly RegExp[] = [
  /未发现异常/u,
  /^(对|没错|确认|保存|记下)/u,
  /^(见到|看到)/u,
  /入户|家里|在家|家访/u,
  /^奶奶/u,
  /^今天/u,
  /跳过|不写/u,
];

/** The simulator page as a person sees it: by labels and names, not by how it is built. */
export class SimulatorPage {
  readonly page: Page;
  readonly bubbles: Locator;
  private saidBefore = 0;

  constructor(page: Page) {
    this.page = page;
    this.bubbles = page.locator('.from-bot .bubble-text');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  quickWord(word: string): Locator {
    return this.page
      .getByRole('group', { name: '常用的话' })
      .getByRole('button', { name: word, exact: true });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/simulator`);
    await this.page.locator('.person').first().waitFor();
  }

  async pickBySearch(person: Person): Promise<void> {
    await this.page.getByRole('searchbox').fill(person.name);
    await this.page.locator(`.person[data-account="${person.account}"]`).click();
    await this.page.getByRole('heading', { name: person.name }).waitFor();
    await this.page.locator('#log-note', { hasText: '正在取' }).waitFor({ state: 'hidden' });
  }

  /** Says a sentence by keyboard and waits for the turn to end. */
  async say(sentence: string): Promise<void> {
    const text = this.page.getByRole('textbox', { name: '在这里写' });
    this.saidBefore = await this.bubbles.count();
    await text.fill(sentence);
    await text.press('Enter');
    await this.turnEnds();
  }

  async press(option: Locator): Promise<void> {
    await option.click();
    await this.turnEnds();
  }

  /** The labels of the buttons that answer the newest question. */
  async freshLabels(): Promise<string[]> {
    return this.page.locator('.is-fresh .option').allTextContents();
  }

  /** Presses the fitting button of each question since the last sentence until a record is stored; returns how that was said. */
  async answerUntilStored(): Promise<string> {
    for (let turn = 0; turn < TURNS_AT_MOST; turn += 1) {
      const said = (await this.bubbles.allTextContents()).slice(this.saidBefore);
      const stored = said.find((text) => text.startsWith('已保存'));
      if (stored !== undefined) return stored;
      await this.pressFitting(said.at(-1) ?? '');
    }
    throw new Error(`nothing was stored after ${String(TURNS_AT_MOST)} answers`);
  }

  /** Opens the clock where it is not in sight: on a phone it has a view of its own. */
  async showClock(): Promise<void> {
    const chip = this.page.locator('[data-open-clock]').filter({ visible: true });
    if ((await chip.count()) > 0) await chip.first().click();
    await this.page.getByRole('heading', { name: '业务时间' }).waitFor();
  }

  private async pressFitting(question: string): Promise<void> {
    const labels = await this.freshLabels();
    const fitting = HURRIED_ANSWERS.map((answer) => labels.findIndex((label) => answer.test(label)));
    const place = fitting.find((index) => index >= 0);
    if (place === undefined) throw new Error(`no button fits "${question}" among ${labels.join(' | ')}`);
    await this.press(this.page.locator('.is-fresh .option').nth(place));
  }

  private async turnEnds(): Promise<void> {
    await this.page.locator('#typing').waitFor({ state: 'hidden' });
  }
}
