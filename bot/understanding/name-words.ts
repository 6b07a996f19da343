/** Words that hold 小X, X宝, XX and the like and are never names on their own. */
export const ORDINARY_NAME_SHAPES: ReadonlySet<string> = new Set(
  (
    '小心 小学 小时 小组 小伙 小康 小雨 小雪 小米 小结 小吃 小区 小队 小村 小路 小河 小型 小事 小孩 小手 小腿 小名 小便 小病 小气 小弟 小妹 小哥 小姐 小姑 小叔 小姨 ' +
    '小舅 小班 小声 小狗 小猫 小年 小说 小店 小额 小本 小数 小刀 小鸟 小子 小家 小女 小儿 小脸 小屋 小院 小山 小树 小草 小花 小鱼 小鸡 小鸭 小猪 小牛 小羊 小兔 小车 小包 ' +
    '小书 小床 小桌 小灯 小菜 小饭 小钱 小费 小票 小票 小调 小肚 小块 小段 小半 小部 小点 小些 小了 小的 小于 小朋 小同 小升 小初 小考 小测 小黑 小偷 小鬼 小丑 小贩 小产 小腹 ' +
    '小镇 小巷 小街 小桥 小溪 小满 小寒 小暑 小麦 小葱 小枣 小视 小看 小灵 小程 小游 小玩 小零 小动 小毛 小问 小伤 小感 小红 ' +
    '天天 明明 红红 白白 圆圆 乖乖 胖胖 瘦瘦 黑黑 亮亮 甜甜 频频 微微 久久 迟迟 统统 恰恰 草草 匆匆 连连 缓缓 每每 长长 大大 小小 远远 淡淡 重重 苦苦 干干 湿湿 脏脏 饱饱 常常 刚刚 慢慢 好好 静静 高高 多多 早早 快快 冷冷 偏偏 偷偷 悄悄 轻轻 渐渐 默默 往往 仅仅 稍稍 紧紧 深深 满满 处处 人人 时时 事事 样样 个个 家家 年年 月月 日日 ' +
    '妈妈 爸爸 爷爷 奶奶 哥哥 姐姐 弟弟 妹妹 姑姑 叔叔 伯伯 婶婶 舅舅 公公 婆婆 姥姥 嬷嬷 太太 宝宝 娃娃 谢谢 看看 聊聊 说说 问问 谈谈 走走 想想 试试 听听 等等 星星 刚好 ' +
    '家宝 珠宝 财宝 国宝 法宝 活宝 表妹 表哥 表姐 堂妹 堂哥 堂姐 姐妹 弟妹 兄妹 大妹 大哥 大姐 二哥 二姐 二妹 三妹 帅哥 阿姨 阿公 阿嬷 阿婆 阿妈 阿爸 阿伯 阿叔 阿哥 阿姐 阿弟 阿妹'
  )
    .split(' ')
    .filter((word) => word !== '小红'),
);

/** Endings that make a longer word of 小X: 小宇宙, 小明星, 小红花. */
export const LONGER_WORDS =
  /^(?:小宇宙|小明星|小雨[伞衣鞋点滴]|小红[花书帽旗包枣薯本]|小花[园猫狗圃]|小天[使地才]|小龙[虾头]|小虎队|小洋[楼房]|小阳[台春]|小文[章件具]|小新闻|小金[库额鱼]|小家[庭电伙]|小平[房台板]|小乐[器园]|小英雄|小博士|小美女|小帅哥|小飞[机侠]|小海[龟马鲜]|小山[坡村羊头]|小林子|小方[块桌]|小杰作|小勇士|小强项|小亮[点片]|小凤凰|小玉[米石]|小月[子份]|小晨[跑会]|小东西|小可爱|小可怜|小雪[人花球]|小军[官舰人]|小兵|小梅花|小兰花|小桂花|小华侨|小国旗|小星星)/;

/** Characters that continue a given name and seldom begin another word. */
const NAME_SIGNS = new Set(
  '涵轩琪怡萱欣婷彤妍琳琳玲娜莉萍蓉燕芳霞婕媛倩雯颖瑶莹瑾璇璐薇蕾茜菲菁莎茹嫣娟姗姝妮妤姿昊皓晟煜烨炜煊熠鑫淼垚森霖霆宸宇睿哲诚浩瀚泽洋涛淇源澜濠潇沐晗昕晴晨曦旭昱晖朗骏驰骁鹏翔翰翊羽逸凡帆峰岚岩崧嵩杰桐楠梓栩榕柠樱蓓蔓芸芷芮若苒茵莲荷菡瑜琦琛琰玥珂珊珍玮瑞璟诗诺语谦铭锋钰钧锦韵馨雅雨雪霏'.split(
    '',
  ),
);

/** Whether the character after a two-character name may belong to it, so that another, longer name is meant. */
export function continuesName(sign: string): boolean {
  return NAME_SIGNS.has(sign);
}

/** Whether a word ends in a character of names that ends no everyday word: 美玲 is a name although dictionaries hold it. */
export function endsLikeName(word: string): boolean {
  return /[涵琪婷妍琳玲娜莉萍媛倩雯颖瑶莹瑾璇薇蕾嫣娟姗妮昊煜炜鑫淼垚霖睿瀚骏翰翊嵩梓榕蓓芸芷苒菡瑜琦琛琰玥珂珊玮璟谦铭钰钧]$/.test(
    word,
  );
}
