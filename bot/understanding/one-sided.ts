/** Something written to somebody, or from somebody: 发了微信, 留了言, 微信问了. */
const MESSAGE =
  /发(?:了|过)?(?:[一二两三几好0-9]*(?:个|条|次|遍|封))?(?:微信|消息|信息|短信|语音|留言)|留(?:了|过|个|条)?(?:个|条)?(?:言|话|语音|口信)|微信|消息|信息|短信/;
const NO_ANSWER =
  /(?:没|未|不)(?:有|见)?(?:人|她|他)?回(?:复|应|音|话|我|信|微信|消息|信息|短信)?(?:过|呢|的)?(?=$|[,。;! 了])|没(?:有)?(?:人)?理/;
/** 回了, 后来电话通了: the other side spoke in the end. */
const ANSWERED =
  /(?<![没未不])(?:有)?回(?:了(?!家|村|老家|学校)|复了|过来|话了|我了|我说|说|信了|消息了|微信了)|(?<![没不未])(?:接了|打通|通了|通话|聊了|聊过|聊天|说了会|视频了|讲了)/;

/** "给妈妈发了微信,没回": a message from one side alone is an attempt, whoever wrote first. */
export function isOneSided(text: string): boolean {
  return MESSAGE.test(text) && NO_ANSWER.test(text) && !ANSWERED.test(text);
}
