/** What a sentence may point to, after the situations of the mandatory report (九部门意见 第四条; 福建省三年行动方案). */
export type DangerKind =
  | 'injury'
  | 'violence'
  | 'sexual-harm'
  | 'self-harm'
  | 'missing'
  | 'unattended'
  | 'malnutrition'
  | 'trafficking'
  | 'other';

/** Words that raise a question. `adultsToo`: also when a grown-up is the one it is said of. */
export interface DangerWords {
  readonly kind: DangerKind;
  readonly pattern: RegExp;
  readonly adultsToo: boolean;
}

export const BODY =
  '(?:胳膊|手臂|手腕|手背|手心|手指|手|大腿|小腿|腿|脚|脸蛋|脸|背上|后背|背|脖子|额头|头上|头|眼皮|嘴唇|下巴|鼻子|胸口|眼睛|眼角|眼眶|嘴角|嘴|耳朵|身上|屁股|膝盖|肚子|腰|肩膀)';
export const HIM = '(?:孩子们?|小孩|娃|他们?|她们?|人|\\uE000+(?!\\uE000)|孙子|孙女|儿子|女儿|弟弟|妹妹)';
export const NUM = '(?:[0-9]+|[一两二三四五六七八九十几半好多]+)';

/** Words of one kind, from the source of a pattern. */
export function words(kind: DangerKind, source: string, adultsToo = false): DangerWords {
  return { kind, pattern: new RegExp(source, 'g'), adultsToo };
}
