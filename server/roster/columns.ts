/**
 * How the text of a column is treated. `code`, `phone` and `date` lose the apostrophes and tabs that spreadsheets
 * put in front of numbers; `text` and `choice` are words, where such a beginning is a sign of a formula.
 */
export type CellKind = 'text' | 'choice' | 'code' | 'phone' | 'date';

export interface Column {
  readonly header: string;
  readonly kind: CellKind;
  /** A file without this column cannot be read at all. */
  readonly required: boolean;
  /** Longest text of one cell, in UTF-16 units. */
  readonly maxLength: number;
}

export type ColumnSet<Key extends string> = { readonly [K in Key]: Column };

const column = (header: string, kind: CellKind, maxLength: number, required = false): Column => ({
  header,
  kind,
  required,
  maxLength,
});
const required = (header: string, kind: CellKind, maxLength: number): Column =>
  column(header, kind, maxLength, true);

/** The columns of the table of areas (区划). */
export const AREA_COLUMNS = {
  code: required('区划代码', 'code', 40),
  name: required('名称', 'text', 60),
  level: required('级别', 'choice', 20),
  parentCode: required('上级代码', 'code', 40),
};
export type AreaColumn = keyof typeof AREA_COLUMNS;

/** The columns of the table of the people who do the work. */
export const STAFF_COLUMNS = {
  staffNumber: required('工号', 'code', 64),
  name: required('姓名', 'text', 60),
  role: required('岗位', 'choice', 20),
  areaCodes: required('区划代码', 'code', 400),
  phone: column('手机号', 'phone', 60),
  wecomAccount: column('企业微信账号', 'code', 100),
};
export type StaffColumn = keyof typeof STAFF_COLUMNS;

/** The columns of the table of children. */
export const CHILD_COLUMNS = {
  code: required('儿童编号', 'code', 64),
  name: required('姓名', 'text', 60),
  nickname: column('小名', 'text', 60),
  sex: required('性别', 'choice', 20),
  bornOn: required('出生日期', 'date', 60),
  identityNumber: required('身份证号', 'code', 60),
  household: column('户籍性质', 'choice', 40),
  categories: required('儿童类别', 'choice', 100),
  difficulties: column('困境类型', 'choice', 200),
  tier: required('风险等级', 'choice', 20),
  villageCode: required('村居代码', 'code', 40),
  address: column('住址', 'text', 200),
  health: column('健康状况', 'text', 200),
  schooling: column('就学状况', 'choice', 40),
  school: column('学校', 'text', 100),
  grade: column('年级', 'text', 40),
  boarder: column('是否寄宿', 'choice', 20),
  guardianName: column('监护人姓名', 'text', 60),
  guardianRelation: column('监护人关系', 'text', 40),
  guardianPhone: column('监护人手机号', 'phone', 60),
  guardianWorkplace: column('监护人务工地', 'text', 100),
  guardianAwaySince: column('外出开始日期', 'date', 60),
  carerName: column('照护人姓名', 'text', 60),
  carerRelation: column('照护人关系', 'text', 40),
  carerPhone: column('照护人手机号', 'phone', 60),
  careFrom: column('委托照护期限起', 'date', 60),
  careUntil: column('委托照护期限止', 'date', 60),
  lastContactOn: column('上次联系日期', 'date', 60),
  lastVisitOn: column('上次走访日期', 'date', 60),
};
export type ChildColumn = keyof typeof CHILD_COLUMNS;
