import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayWords, dayAhead, obstacleWords, tellsOnlyAway } from '../../../bot/understanding/away-words.ts';
import { awaySpan, returnDay } from '../../../bot/understanding/away-span.ts';
import { addDays, parseLocalDate, type LocalDate } from '../../../server/domain/local-date.ts';

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

const TODAY = day('2026-11-28'); // a Saturday

describe('an absence in free words', () => {
  it.each([
    ['小明跟妈妈去厦门了，月底回来', '2026-11-28', '2026-11-30', '妈妈'],
    ['小明跟爸妈去广东过年，从12月1号到明年2月底', '2026-12-01', '2027-02-28', '爸妈'],
    ['小明12月5号要跟妈妈去上海，12月25号回来', '2026-12-05', '2026-12-25', '妈妈'],
    ['小明12月3号走，20号回', '2026-12-03', '2026-12-20', null],
    ['小明从12月3号到12月20号不在村', '2026-12-03', '2026-12-20', null],
    ['小明从十二月三号到二十号不在村', '2026-12-03', '2026-12-20', null],
    ['小明跟妈妈去厦门了，要到明年3月5号才回来', '2026-11-28', '2027-03-05', '妈妈'],
    ['小明昨天跟妈妈去厦门了', '2026-11-27', null, '妈妈'],
    ['小明20号跟妈妈走了，去外地，月底回来', '2026-11-20', '2026-11-30', '妈妈'],
    ['小明11月5号到11月20号不在村', '2026-11-05', '2026-11-20', null],
    ['小明下周一跟爸爸去外地', '2026-11-30', null, '爸爸'],
    ['小明明天被妈妈接走，住一个星期', '2026-11-29', '2026-12-06', '妈妈'],
    ['小明跟妈妈去上海了，大概元旦回来', '2026-11-28', '2027-01-01', '妈妈'],
    ['小明跟他妈去江西外婆家了，过完年回来', '2026-11-28', '2027-02-20', '妈妈'],
    ['小明12月5号跟妈妈回老家，下个月底回村', '2026-12-05', '2026-12-31', '妈妈'],
    ['今天奶奶说小明昨天跟妈妈去福州了', '2026-11-27', null, '妈妈'],
    ['小明12月1号起跟爸爸去外地', '2026-12-01', null, '爸爸'],
    ['小明跟妈妈去厦门一个星期了', '2026-11-21', null, '妈妈'],
    ['小明跟妈妈去厦门了，12月2号要考试', '2026-11-28', null, '妈妈'],
    ['小明前几天跟妈妈去厦门了', null, null, '妈妈'],
    ['小明他爸把他接到厦门读书去了，下学期才回来', '2026-11-28', null, '爸爸'],
    ['小明奶奶说他妈昨天把他带走了', '2026-11-27', null, '妈妈'],
    ['小明去外婆厝里住了', '2026-11-28', null, null],
    ['小明到姑姑家去住了，月底回来', '2026-11-28', '2026-11-30', null],
    ['小明妈妈要带他去江西', null, null, '妈妈'],
    ['小明跟他妈到泉州去了，讲是去看病', '2026-11-28', null, '妈妈'],
  ])('%s: from %s until %s with %s', (words, from, until, companion) => {
    expect(awayWords(words, TODAY)).toEqual({ from, until, companion });
  });

  it.each([
    '小明爸爸把他接回家了',
    '爷爷把小明接到学校',
    '妈妈要带他去镇上买鞋',
    '小明去外婆家吃饭了',
    '小明在家',
    '小明跟奶奶去医院了',
    '小明12月3号考试',
    '我跟他妈妈说了',
  ])('%s tells no absence', (words) => {
    expect(awayWords(words, TODAY)).toBeNull();
  });

  it('never ends before it begins, whenever it is told', () => {
    const first = fc.constantFrom('', '从12月3号', '明天', '下周一', '20号', '昨天');
    const last = fc.constantFrom('20号回来', '月底回来', '元旦回来', '到明年2月底', '待半个月', '过完年回来');
    fc.assert(
      fc.property(first, last, fc.integer({ min: 0, max: 1200 }), (begins, ends, ahead) => {
        const said = awayWords(`小明${begins}跟妈妈去外地，${ends}`, addDays(TODAY, ahead));
        expect(said?.from).toBeTruthy();
        expect(said?.until === null || (said?.until ?? '') > (said?.from ?? '')).toBe(true);
      }),
    );
  });
});

describe('whether anything but the absence is told', () => {
  it.each([
    ['小明跟他妈去江西外婆家了，大概元旦回来', true],
    ['小明被妈妈接去外婆家了', true],
    ['今天去了小明家，他跟他妈去江西外婆家了', false],
    ['今天去了小明家', false],
  ])('%s: %s', (words, only) => {
    expect(tellsOnlyAway(words)).toBe(only);
  });
});

describe('the day somebody comes back, asked for', () => {
  it.each([
    ['元旦', '2027-01-01'],
    ['大概元旦回来', '2027-01-01'],
    ['过完年', '2027-02-20'],
    ['春节后', '2027-02-20'],
    ['过年', '2027-02-06'],
    ['正月初八', '2027-02-13'],
    ['元宵', '2027-02-20'],
    ['大概一个星期', '2026-12-08'],
    ['半个月左右', '2026-12-16'],
    ['三天', '2026-12-04'],
    ['一月二十号', '2027-01-20'],
    ['1月20', '2027-01-20'],
    ['20号', '2026-12-20'],
    ['月底', '2026-12-31'],
    ['下个月底', '2026-12-31'],
    ['年底', '2026-12-31'],
    ['2027年3月5日', '2027-03-05'],
    ['2027-03-05', '2027-03-05'],
    ['要到明年3月5号才回来', '2027-03-05'],
    ['下周六', '2026-12-05'],
  ])('%s, gone since 1 December, is %s', (words, on) => {
    expect(returnDay(words, TODAY, day('2026-12-01'))).toBe(on);
  });

  it.each(['再说', '看情况', '不一定', '开学', '昨天', '11月20日'])('%s is no day to come back', (words) => {
    expect(returnDay(words, TODAY, day('2026-12-01'))).toBeNull();
  });

  it('knows no new year beyond its table', () => {
    expect(returnDay('过完年', day('2040-05-01'), day('2040-05-01'))).toBeNull();
  });
});

describe('both days in one answer', () => {
  it.each([
    ['12月3号走，20号回', '2026-12-03', '2026-12-20'],
    ['12月3号到12月20号', '2026-12-03', '2026-12-20'],
    ['12月25号走，1月8号回来', '2026-12-25', '2027-01-08'],
    ['下周一去，周五回', '2026-11-30', '2026-12-04'],
  ])('%s', (words, from, until) => {
    expect(awaySpan(words, TODAY)).toMatchObject({ from, until });
  });
});

describe('what was in the way', () => {
  it.each([
    ['小明发高烧在卫生院挂水，今天没看成', 'ill'],
    ['小红拉肚子打点滴，改天去', 'ill'],
    ['小明发烧住院了，改天去', 'ill'],
    ['我感冒了，这两天去不了小红家', 'other'],
    ['今天我自己发烧，小明家去不了', 'other'],
    ['我婆婆住院，小明家没去成', 'other'],
    ['没去看，他们走了', 'other'],
    ['今天没看成', 'other'],
    ['路塌了去不了', 'road'],
    ['奶奶不让进门', 'refused'],
  ])('%s: %s', (words, kind) => {
    expect(obstacleWords(words)).toBe(kind);
  });

  it.each([
    '今天去了小明家，他发烧',
    '他没去上学',
    '没见到孩子',
    '奶奶没去看病',
    '他爸没去看他',
    '小明发烧没去上学',
    '小明感冒，这几天没去学校',
  ])('%s tells of a visit, or of somebody else', (words) => {
    expect(obstacleWords(words)).toBeNull();
  });

  it('reads the next try, never a feast in a story', () => {
    expect(dayAhead('去不了，周五再去', TODAY)).toBe('2026-12-04');
    expect(dayAhead('去不了，十二月三号再去', TODAY)).toBe('2026-12-03');
    expect(dayAhead('去不了，他们过年才回来', TODAY)).toBeNull();
  });
});
