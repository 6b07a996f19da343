import { describe, expect, it } from 'vitest';
import {
  familyQuestionIn,
  mobileIn,
  movingIn,
  saysNobodyCares,
  tellsNewPhone,
  wantsNoMore,
} from '../../../bot/understanding/family-words.ts';
import { addDays, monthStart, shanghaiDate } from '../../../server/domain/local-date.ts';

const TODAY = addDays(monthStart(shanghaiDate(new Date('2026-11-20T00:00:00.000Z'))), 22);

describe('a grown-up of the home who goes away or comes back', () => {
  it.each([
    ['我要去广东打工，下个月1号走', '广东', '2026-12-01', null],
    ['我明天去厦门打工', '厦门', '2026-11-24', null],
    ['我们准备过完年外出打工', null, null, '过完年'],
    ['他爸下个月去东莞上班', '东莞', null, '下个月'],
    ['我12月5号去深圳进厂，年后再回来', '深圳', '2026-12-05', null],
    ['我要出远门', null, null, null],
    ['俺下礼拜出去打工', null, null, '下礼拜'],
    ['儿媳妇要去浙江打工', '浙江', null, null],
    ['我后天就走', null, '2026-11-25', null],
  ])('“%s” goes away', (text, place, on, day) => {
    expect(movingIn(text, TODAY)).toEqual({ kind: 'leaving', place, on, day });
  });

  it.each([
    ['我回来了', '2026-11-23', null],
    ['我们从广东回来了', '2026-11-23', null],
    ['他爸回来了', '2026-11-23', null],
    ['我下周三回家', '2026-12-02', null],
    ['年后再回来', null, '年后'],
    ['我过年回来', null, '过年'],
  ])('“%s” comes back', (text, on, day) => {
    expect(movingIn(text, TODAY)).toEqual({ kind: 'returning', place: null, on, day });
  });

  it.each([
    '我在广东打工',
    '孩子想去打工',
    '他爸什么时候回来',
    '孩子放学回来了',
    '我要去医院',
    '我明天去看孩子',
    '我去年去广东打工',
    '你们能不能来看看',
    '我要去接孩子',
    '儿童主任走访了吗',
  ])('“%s” is neither', (text) => {
    expect(movingIn(text, TODAY)).toBeNull();
  });

  it.each(['没人带', '他自己在家', '没人管', '没有'])('“%s”: nobody looks after the child', (text) => {
    expect(saysNobodyCares(text)).toBe(true);
  });

  it.each(['奶奶带', '他奶奶', '还没定', '邻居阿姨'])('“%s”: somebody may', (text) => {
    expect(saysNobodyCares(text)).toBe(false);
  });
});

describe('a new telephone number', () => {
  it.each([
    '我电话换成13800000000',
    '我换号了',
    '手机号改了',
    '我的新电话是138 0000 0000',
    '号码变成13800000000',
  ])('“%s” tells one', (text) => {
    expect(tellsNewPhone(text)).toBe(true);
  });

  it.each(['孩子玩手机怎么办', '老师的电话换了', '主任的新电话是多少', '打电话给我', '换个人打'])(
    '“%s” tells none',
    (text) => {
      expect(tellsNewPhone(text)).toBe(false);
    },
  );

  it('is read with spaces and strokes in it, and only where it is whole', () => {
    expect(mobileIn('换成138 0000-0000了')).toBe('13800000000');
    expect(mobileIn('换成１３８００００００００')).toBe('13800000000');
    expect(mobileIn('换成138000')).toBeNull();
    expect(mobileIn('350102201003051234')).toBeNull();
  });
});

describe('what a family asks in everyday words', () => {
  it.each([
    ['谁是儿童主任', 'who'],
    ['我们村的儿童主任是谁啊', 'who'],
    ['主任电话多少', 'who'],
    ['我想找主任', 'call-director'],
    ['叫主任给我打个电话', 'call-director'],
    ['有事找村干部', 'call-director'],
    ['我想找上级', 'call-above'],
    ['能不能找镇里的人', 'call-above'],
    ['孩子在家里好吗', 'how-is-child'],
    ['孩子最近怎么样？', 'how-is-child'],
    ['小明还好吗', 'how-is-child'],
    ['孩子老玩手机怎么办', 'advice'],
    ['作业不写咋办', 'advice'],
    ['你是谁', 'who-are-you'],
    ['你们是骗子吗', 'who-are-you'],
    ['谢谢你们', 'thanks'],
    ['今天下雨', null],
    ['房子漏水怎么办', null],
    ['补贴什么时候发', null],
  ])('“%s”: %s', (text, kind) => {
    expect(familyQuestionIn(text)).toBe(kind);
  });
});

it.each(['我把孩子接走了', '我们明天带孩子去广东', '孩子要转学了'])(
  '“%s”: the director has to know',
  (text) => {
    expect(familyQuestionIn(text)).toBe('call-director');
  },
);

describe('who wants nothing more', () => {
  it.each(['不要再给我发东西了', '退订安全通知', '取消订阅', '我是奶奶，不想收了', '别再发消息了'])(
    '“%s”',
    (text) => {
      expect(wantsNoMore(text)).toBe(true);
    },
  );

  it.each(['不要打孩子', '别给孩子发手机', '孩子不想收拾', '别发火', '不要紧', '不用了'])(
    'not “%s”',
    (text) => {
      expect(wantsNoMore(text)).toBe(false);
    },
  );

  it.each(['孩子过得怎么样啊', '他在学校好吗？考了几分'])('“%s” asks for the child', (text) => {
    expect(familyQuestionIn(text)).toBe('how-is-child');
  });
});
