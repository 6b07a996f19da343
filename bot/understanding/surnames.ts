const DOUBLE = new Set(
  '欧阳 司马 上官 诸葛 尉迟 万俟 夏侯 皇甫 慕容 东方 令狐 公孙 长孙 宇文 司徒 司空 轩辕 呼延 端木 南宫 独孤 闻人 钟离 申屠 濮阳 赫连 澹台 淳于 单于 太史 仲孙 公冶 宗政 鲜于 闾丘 亓官'.split(
    ' ',
  ),
);

const SINGLE = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤花俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬康伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄臧计伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾江童颜郭梅林刁钟徐邱丘骆夏蔡田樊胡凌霍虞万柯卢莫房裘缪解丁邓郁洪包左石崔吉龚程邢裴陆翁荀甄曲封储靳段焦巴牧车侯宓全班秋仲宫宁仇栾厉武符刘景詹束龙叶司黎薄印白蒲邰赖卓池乔阴胥苍闻党翟谭申冉雍桑桂牛尚温庄晏柴瞿阎艾容古易慎戈廖终居衡耿文匡国寇广欧沃越师巩聂晁辛简饶曾关查游盖肖涂凃连官占揭练阙池官巫丘郗修揭雷蓝钟卢江赖'.split(
    '',
  ),
);

/** Characters that are surnames and, far more often, small words or ends of words: 和, 于, 时, 看 … */
const SMALL_WORDS = new Set(
  '和于时从向对同与到给去来看了在家是有的这那文国全计关解连简终居包查游师广班花车马金江古易'.split(''),
);

/** How many characters of a full name are the surname (1, or 2 for 欧阳 and the like). */
export function surnameLength(name: string): number {
  return name.length > 2 && DOUBLE.has(name.slice(0, 2)) ? 2 : 1;
}

/** The given name: 李小明 → 小明, 欧阳雨桐 → 雨桐, 陈涵 → 涵. */
export function givenNameOf(name: string): string {
  return name.slice(surnameLength(name));
}

/** Whether a character standing before a given name is most likely that person's surname. */
export function looksLikeSurname(sign: string): boolean {
  return SINGLE.has(sign) && !SMALL_WORDS.has(sign);
}

/** Whether a word begins like a person's full name. */
export function beginsWithSurname(word: string): boolean {
  return DOUBLE.has(word.slice(0, 2)) || SINGLE.has(word.slice(0, 1));
}
