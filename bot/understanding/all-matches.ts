/**
 * Every match of a global pattern, as `matchAll` gives them; that one makes a copy of the pattern each time, which costs
 * more than the search where many patterns look at one short sentence.
 */
export function allMatches(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}
