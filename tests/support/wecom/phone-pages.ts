import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery } from './callbacks.ts';
import type { FakeWecom } from './fake-wecom.ts';
import { phoneHtml, pageHtml, guardianHtml } from './phone-html.ts';
import type { Choice } from './acts.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
export const GUARDIAN = 'wmGUARDIAN0001';

type Form = URLSearchParams;

/** Pages on which a person is a member of the fake corp, or a guardian: reading, writing and pressing, without a script. */
export class PhonePages {
  #wecom: FakeWecom | null = null;
  #last = '';

  open(wecom: FakeWecom): void {
    this.#wecom = wecom;
  }

  readonly page = (request: IncomingMessage, response: ServerResponse, body: Buffer): boolean => {
    const wecom = this.#wecom;
    const url = new URL(request.url ?? '/', 'http://fake');
    if (wecom === null || !['/', '/phone', '/act'].includes(url.pathname)) return false;
    const form = request.method === 'POST' ? new URLSearchParams(body.toString('utf8')) : url.searchParams;
    if (url.pathname === '/act' && request.method === 'POST') {
      void this.#act(wecom, form).then((said) => {
        this.#last = said;
        const back = new URLSearchParams({ as: form.get('as') ?? '' });
        response.writeHead(303, { location: `${form.get('from') ?? '/'}?${back.toString()}` }).end();
      });
      return true;
    }
    response.writeHead(200, HTML).end(this.#html(wecom, url.pathname, form.get('as')));
    return true;
  };

  #html(wecom: FakeWecom, path: string, as: string | null): string {
    const who = as ?? wecom.tenant.members[0]?.userid ?? '';
    const [account] = wecom.kfAccounts;
    if (path === '/') return pageHtml(wecom.tenant.members, GUARDIAN, who, wecom.menu.keys, this.#last);
    if (who === GUARDIAN && account !== undefined)
      return guardianHtml(wecom.kf.phone(account.openKfId, GUARDIAN), who);
    return phoneHtml(wecom.phone(who), who);
  }

  async #act(wecom: FakeWecom, form: Form): Promise<string> {
    try {
      return outcomeOf(await this.#done(wecom, form));
    } catch (problem) {
      return problem instanceof Error ? problem.message : String(problem);
    }
  }

  #done(wecom: FakeWecom, form: Form): Promise<Delivery> {
    const value = (name: string) => form.get(name) ?? '';
    const [who, kfId] = [value('as'), wecom.kfAccounts[0]?.openKfId ?? ''];
    if (who === GUARDIAN) {
      if (value('act') === 'enter') return wecom.kf.enter(kfId, who);
      if (value('act') === 'menu') return wecom.kf.tapMenu(kfId, who, value('key'));
      return wecom.kf.say(kfId, who, value('words'));
    }
    const index = Number(value('index'));
    if (value('act') === 'tap') return wecom.tap(who, index, value('key'), choiceIn(form));
    if (value('act') === 'card-menu') return wecom.acts.tapCardMenu(who, index, value('key'));
    if (value('act') === 'enter') return wecom.acts.enter(who);
    if (value('act') === 'menu') return wecom.acts.clickMenu(who, value('key'));
    return wecom.say(who, value('words'));
  }
}

/** What was ticked on a card: fields named `q:` and the key of the question. */
function choiceIn(form: Form): Choice {
  const keys = new Set([...form.keys()].filter((name) => name.startsWith('q:')));
  return Object.fromEntries([...keys].map((name) => [name.slice(2), form.getAll(name)]));
}

function outcomeOf({ received, attempts }: Delivery): string {
  const states = attempts.map(({ status }) => status ?? '无应答/no answer').join(', ');
  return received ? `已送达 / delivered (${states})` : `没有送达 / not delivered (${states})`;
}
