const NUMBER = '[0-9一二三四五六七八九十百零〇]+';
/** Everything up to the village: what comes before it says nothing about the way. */
const UP_TO_VILLAGE = /^.*(?:省|市|县|区|镇|乡|街道|社区|居委会|村委会|(?<!自然)村(?!民))/u;
const HOUSE = new RegExp(`(?:门牌)?(?:第)?${NUMBER}(?:[-之]${NUMBER})*(?:号|栋|幢|座|单元|室).*$`, 'u');
const GROUP = /组|自然村|屯|寨|庄|队/u;
/** Longer than any hamlet's name: an address that was written as a whole sentence. */
const NAME_LIMIT = 10;

/**
 * 组 or 自然村 out of an address: what is left between the village and the number of the house. Null where an address
 * has none, so that whoever plans a way falls back to the village.
 */
export function hamletOf(address: string, village: string): string | null {
  const whole = address.normalize('NFKC').replaceAll(/\s/gu, '');
  const below = whole.replace(UP_TO_VILLAGE, '').replace(HOUSE, '');
  const isName = /^[\p{Script=Han}0-9]+$/u.test(below) && (GROUP.test(below) || !/^[0-9]+$/u.test(below));
  if (!isName || below.length > NAME_LIMIT || bare(below) === bare(village)) return null;
  return below;
}

/** Whether words name this hamlet: 上坪 is said for 上坪组 and for 上坪自然村. */
export function namesHamlet(words: string, hamlet: string): boolean {
  const [name, said] = [bare(hamlet), bare(words)];
  if (name.length < 2 || said.length < 2) return words === hamlet;
  return words.includes(name) || name.endsWith(said); // 上坪 also where the hamlet stands behind its village
}

function bare(name: string): string {
  return name.replace(/(?:村民小组|小组|组|自然村|村)$/u, '');
}
