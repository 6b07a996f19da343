/**
 * Builds one element. Text goes in as text, never as markup: what people and the bot write is shown, not run.
 * `attributes` may hold `class`, any attribute, `text`, and `on<event>` handlers; `true` sets a bare attribute.
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children);
  return node;
}

/** The element with this id; the page is ours, so a missing one is a mistake worth stopping for. */
export function part(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** Shows a sentence in a note, with a button beside it when something can be done; an empty sentence hides the note. */
export function note(node, sentence, action) {
  node.replaceChildren();
  node.hidden = sentence === '';
  if (sentence !== '') node.append(element('span', { text: sentence }));
  if (action)
    node.append(
      element('button', { type: 'button', class: 'plain', text: action.label, onclick: action.run }),
    );
}
