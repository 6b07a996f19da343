import { NAME_MARK } from './normalise.ts';

/** Grown-up relatives and neighbours as people say them, for use inside a pattern; longest words first. */
export const ADULT =
  '(?:太奶奶|太爷爷|曾祖母|曾祖父|爷爷奶奶|外公外婆|奶奶|阿嬷|阿嫲|依嬷|祖母|爷爷|阿公|依公|祖父|外公|姥爷|外婆|姥姥|爸爸妈妈|爸妈|父母|双亲|' +
  '爸爸|老爸|父亲|爹|爸|妈妈|老妈|母亲|娘|妈|继父|后爸|继母|后妈|伯父|伯母|大伯|伯伯|婶婶|大婶|叔叔|二叔|三叔|小叔|叔|姑姑|姑妈|' +
  '阿姨|小姨|大姨|姨妈|舅舅|舅妈|班主任|校长|老师|邻居|隔壁|村支书|村主任|书记|村干部|监护人|照护人|家长|家里人|家人|大人|老人|医生|民警)';

/** Words for a child who is not named. */
export const CHILD_WORD =
  '(?:孩子们|孩子|囝仔|小囝|小孩子|小孩|娃娃|娃儿|娃|小朋友|孙子|孙女|外孙女|外孙|儿子|女儿|女孩|男孩|学生)';

/** A named child (after masking), a child word, or a pronoun for the child. */
export const CHILD = `(?:${NAME_MARK}+(?!${NAME_MARK})|${CHILD_WORD}|他们|她们|他俩|她俩|他|她|伊)`;

/** Siblings, who are neither the adult nor always the child of the sentence. */
export const SIBLING = '(?:哥哥|姐姐|弟弟|妹妹|表哥|表姐|表弟|表妹|堂哥|堂姐|堂弟|堂妹|同学|伙伴)';

/** Plans, wishes and orders: what such a clause tells has not happened. */
export const PLAN =
  /明天|明儿|明早|明晚|明日|后天|下周|下星期|下礼拜|下个?月|下次|改天|回头再|待会|等会|一会儿?(?:再)?去|打算|准备(?:去|到|走访|家访|入户|上门|联系|打|看|再|给|跟|这|明|下|周|[0-9])|计划|预计|约好|约了|约定|要去|想去|得去|该去|(?<![先又昨今][^,。]{0,12})再去|去一趟吧|提醒我|记得(?:去|联系|打)|过几天|过两天|安排(?:在|去)|将要|即将|有空(?:再|去)|争取/;

/** What would have been: 要不是下雨今天就去了, 本来要去小明家的, 差点去了. It has not been. */
export const NOT_SO =
  /要不是|若不是|早知道|如果|假如|要是(?!有)|差一?点(?:就)?(?:去|走|看|到|打|联系)|(?:本来|原本|原先|本想|原想)[^,。]{0,8}(?:去|到|看|走访|家访|入户|上门|打|联系)(?![^,。]*(?:不对|的家))/;

/** A promise: a day after it is still to come, and never the day of the visit. */
export const PROMISE =
  /答应|约好|约定|说好|讲好|承诺|保证|下[次回](?:再)?(?:来|去)?(?:时|的时候)?(?:给.{1,6})?带/u;
