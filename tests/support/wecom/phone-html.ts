import type { KfShown } from './kf-sessions.ts';
import type { Shown, ShownButton, ShownCard, ShownQuestion } from './shown.ts';
import type { Member } from './tenant.ts';

const STYLE = `body{font:16px/1.5 sans-serif;max-width:26em;margin:1em auto;padding:0 1em;background:#ededed}
iframe{width:100%;height:60vh;border:1px solid #ccc;background:#f5f5f5}
.said{background:#fff;border-radius:6px;padding:.6em .8em;margin:.6em 0;white-space:pre-wrap;overflow-wrap:anywhere}
button,input,select{font:inherit;padding:.3em .7em;margin:.2em}small{color:#666}`;

export function escaped(words: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return words.replace(/[&<>"]/g, (sign) => names[sign] ?? sign);
}

/** The frame around a phone: who one is, the menu, and where one types.  */
export function pageHtml(
  members: readonly Member[],
  guardian: string,
  who: string,
  menu: ReadonlyMap<string, string> | null,
  last: string,
): string {
  const people = [
    ...members.map(({ userid, name }) => [userid, name] as const),
    [guardian, '家长 guardian'] as const,
  ];
  const options = people.map(([id, name]) => {
    return `<option value="${escaped(id)}"${id === who ? ' selected' : ''}>${escaped(name)} ${escaped(id)}</option>`;
  });
  const entries = who === guardian ? [] : [...(menu ?? [])];
  const buttons = entries.map(([key, name]) =>
    act(who, '/', 'menu', `<button name="key" value="${escaped(key)}">${escaped(name)}</button>`),
  );
  return document(
    '假企业微信 · fake WeCom',
    `<form><select name="as">${options.join('')}</select><button>换人 switch</button></form>
<iframe src="/phone?as=${encodeURIComponent(who)}#end" title="phone"></iframe>
${act(who, '/', 'say', '<input name="words" autofocus autocomplete="off"><button>发送 send</button>')}
${act(who, '/', 'enter', '<button>进入应用 enter</button>')}${buttons.join('')}<p><small>${escaped(last)}</small></p>`,
  );
}

/** Which of the members opens a page of the app: on a real phone WeCom knows. */
export function whoHtml(members: readonly Member[], address: URL): string {
  const lines = members.map(({ userid, name }) => {
    const as = new URL(address);
    as.searchParams.set('as', userid);
    return `<p><a href="${escaped(as.pathname + as.search)}">${escaped(name)} ${escaped(userid)}</a></p>`;
  });
  return document('fake WeCom', `<p>谁打开这个网页？ Who opens this page?</p>${lines.join('')}`);
}

export function phoneHtml(shown: readonly Shown[], who: string): string {
  const messages = shown.map(
    (message, index) => `<div class="said">${messageHtml(message, index, who)}</div>`,
  );
  const isAsking = shown.some(
    ({ card }) => card !== null && card.greyed === null && card.questions.length > 0,
  );
  return phoneDocument(messages, !isAsking);
}

export function guardianHtml(shown: readonly KfShown[], who: string): string {
  const messages = shown.map(({ text, menu, kind }) => {
    const entries = menu.map(({ id, text: words }) =>
      act(who, '/phone', 'menu', `<button name="key" value="${escaped(id)}">${escaped(words)}</button>`),
    );
    return `<div class="said">${escaped(text === '' ? `〔${kind}〕` : text)}${entries.join('')}</div>`;
  });
  return phoneDocument(messages, true);
}

/** Where something can be ticked the page looks again only when asked, so that no tick is lost. */
function phoneDocument(messages: readonly string[], looksAgain: boolean): string {
  const refresh = looksAgain ? '' : '<p><a href="">刷新 look again</a></p>';
  return document('phone', `${messages.join('')}${refresh}<a id="end"></a>`, looksAgain);
}

function messageHtml({ recalled, card, text, kind }: Shown, index: number, who: string): string {
  if (recalled) return '〔已撤回 recalled〕';
  const words = escaped(text === '' ? `〔${kind}〕` : text);
  return card === null ? words : `${words}${cardHtml(card, index, who)}`;
}

function cardHtml(card: ShownCard, index: number, who: string): string {
  if (card.greyed !== null) return `<br><button disabled>${escaped(card.greyed)}</button>`;
  const place = `<input type="hidden" name="index" value="${index}">`;
  const pressable = card.submit === null ? card.buttons : [card.submit];
  const asked = card.questions.map(questionHtml).join('');
  const menu = card.menu.map(buttonHtml).join('');
  return (
    act(who, '/phone', 'tap', place + asked + pressable.map(buttonHtml).join('')) +
    (menu === '' ? '' : act(who, '/phone', 'card-menu', `${place}⋯ ${menu}`))
  );
}

function questionHtml({ key, title, many, disabled, options }: ShownQuestion): string {
  const name = `q:${escaped(key)}`;
  const off = disabled ? ' disabled' : '';
  const lines = options.map(({ id, text }) => {
    const kind = many ? 'checkbox' : 'radio';
    return `<label><input type="${kind}" name="${name}" value="${escaped(id)}"${off}>${escaped(text)}</label><br>`;
  });
  return `<div>${escaped(title)}</div>${lines.join('')}`;
}

function buttonHtml({ text, key, url }: ShownButton): string {
  if (url !== null) return `<a href="${escaped(url)}" target="_blank">${escaped(text)}</a> `;
  return `<button name="key" value="${escaped(key ?? '')}">${escaped(text)}</button>`;
}

function act(who: string, from: string, what: string, inside: string): string {
  const hidden = { as: who, from, act: what };
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  return `<form method="post" action="/act">${fields.join('')}${inside}</form>`;
}

function document(title: string, body: string, looksAgain = false): string {
  const again = looksAgain ? '<meta http-equiv="refresh" content="2">' : '';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
${again}<title>${title}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}
