/** 欣欣也见到了, 嘉怡正好在: met on the way to others, and nobody said that it was in the child's own home. */
const MET_TOO =
  /(?:也|正好|刚好|碰巧|顺便|顺路)(?:都|一起|正好|刚好|碰巧|顺便|跟着)*(?:(?:见|看|碰|遇|撞)(?:到|见|着|上)|在(?!家|屋|学校|校))/u;
const OWN_WAY = /去|到(?!了|$|[,，。;；])|走访|家访|上门|入户|看(?:了|望|过)|走了|跑了|家(?!长)/u;

/** Whether these words, of one child alone, say that it was met and tell of no way to it; `ofAll` is said of it with the others. */
export function tellsMetBesides(words: string, ofAll = ''): boolean {
  return MET_TOO.test(words) && !OWN_WAY.test(words.replace(MET_TOO, '')) && !OWN_WAY.test(ofAll);
}
