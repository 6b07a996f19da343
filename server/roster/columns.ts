/**
 * How the text of a column is treated. `code`, `phone` and `date` lose the apostrophes and tabs that spreadsheets
 * put in front of numbers; `text` and `choice` are words, where such a beginning is a sign of a formula.
 */
export type CellKind = 'text' | 'choice' | 'code' | 'phone' | 'date';

export interface Column {
  readonly header: string;
  readonly kind: CellKind;
  /** `filled`: the column and every cell of it must be there; `present`: the column must be, its cells may be blank. */
  readonly need: 'filled' | 'present' | 'optional';
  /** Longest text of one cell, in UTF-16 units. */
  readonly maxLength: number;
}

export type ColumnSet<Key extends string> = Readonly<Record<Key, Column>>;

const columnOf =
  (need: Column['need']) =>
  (header: string, kind: CellKind, maxLength: number): Column => ({ header, kind, need, maxLength });
const filled = columnOf('filled');
const present = columnOf('present');
const optional = columnOf('optional');

/** The columns of the table of areas (区划). */
export const AREA_COLUMNS = {
  code: filled('区划代码', 'code', 40),
  name: filled('名称', 'text', 60),
  level: filled('级别', 'choice', 20),
  parentCode: present('上级代码', 'code', 40),
};
export type AreaColumn = keyof typeof AREA_COLUMNS;

/** The columns of the table of the people who do the work. */
export const STAFF_COLUMNS = {
  staffNumber: filled('工号', 'code', 64),
  name: filled('姓名', 'text', 60),
  role: filled('岗位', 'choice', 20),
  areaCodes: filled('区划代码', 'code', 400),
  phone: optional('手机号', 'phone', 60),
  wecomAccount: optional('企业微信账号', 'code', 100),
};
export type StaffColumn = keyof typeof STAFF_COLUMNS;

/** The columns of the table of children. */
export const CHILD_COLUMNS = {
  code: filled('儿童编号', 'code', 64),
  name: filled('姓名', 'text', 60),
  nickname: optional('小名', 'text', 60),
  sex: filled('性别', 'choice', 20),
  bornOn: filled('出生日期', 'date', 60),
  identityNumber: present('身份证号', 'code', 60),
  household: optional('户籍性质', 'choice', 40),
  categories: filled('儿童类别', 'choice', 100),
  difficulties: optional('困境类型', 'choice', 200),
  tier: present('风险等级', 'choice', 20),
  villageCode: filled('村居代码', 'code', 40),
  address: optional('住址', 'text', 200),
  health: optional('健康状况', 'text', 200),
  schooling: optional('就学状况', 'choice', 40),
  school: optional('学校', 'text', 100),
  grade: optional('年级', 'text', 40),
  boarder: optional('是否寄宿', 'choice', 20),
  guardianName: optional('监护人姓名', 'text', 60),
  guardianRelation: optional('监护人关系', 'text', 40),
  guardianPhone: optional('监护人手机号', 'phone', 60),
  guardianWorkplace: optional('监护人务工地', 'text', 100),
  guardianAwaySince: optional('外出开始日期', 'date', 60),
  carerName: optional('照护人姓名', 'text', 60),
  carerRelation: optional('照护人关系', 'text', 40),
  carerPhone: optional('照护人手机号', 'phone', 60),
  careFrom: optional('委托照护期限起', 'date', 60),
  careUntil: optional('委托照护期限止', 'date', 60),
  lastContactOn: optional('上次联系日期', 'date', 60),
  lastVisitOn: optional('上次走访日期', 'date', 60),
};
export type ChildColumn = keyof typeof CHILD_COLUMNS;
