/** The words of the tables, and what the program calls them. Anything not listed here is a finding. */

export type AreaLevel = 'province' | 'city' | 'county' | 'township' | 'village';
export type StaffRole =
  'director' | 'supervisor' | 'deputy' | 'county-desk' | 'county-leader' | 'city-desk' | 'province-desk';
export type ChildCategory = 'left-behind' | 'in-difficulty' | 'migrant';
export type Difficulty =
  'poverty' | 'disability' | 'guardianship-missing' | 'de-facto-unsupported' | 'orphan' | 'other';
export type Schooling = 'not-yet' | 'kindergarten' | 'in-school' | 'suspended' | 'dropped-out' | 'finished';
export type Tier = 'low' | 'medium' | 'high';
export type Sex = 'male' | 'female';
export type Household = 'rural' | 'urban' | 'unified';

function words<Value>(table: Record<string, Value>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table));
}

export const AREA_LEVELS = words<AreaLevel>({
  省: 'province',
  省级: 'province',
  市: 'city',
  设区市: 'city',
  市级: 'city',
  县: 'county',
  县级: 'county',
  区: 'county',
  县区: 'county',
  '县(市、区)': 'county',
  乡镇: 'township',
  镇: 'township',
  乡: 'township',
  街道: 'township',
  '乡镇(街道)': 'township',
  村居: 'village',
  村: 'village',
  社区: 'village',
  '村(居)': 'village',
});

export const STAFF_ROLES = words<StaffRole>({
  儿童主任: 'director',
  儿童督导员: 'supervisor',
  副督导员: 'deputy',
  县级民政: 'county-desk',
  县级分管领导: 'county-leader',
  市级民政: 'city-desk',
  省级民政: 'province-desk',
});

/** The kind of area each role works in. */
export const LEVEL_OF_ROLE: Readonly<Record<StaffRole, AreaLevel>> = {
  director: 'village',
  supervisor: 'township',
  deputy: 'township',
  'county-desk': 'county',
  'county-leader': 'county',
  'city-desk': 'city',
  'province-desk': 'province',
};

export const SEXES = words<Sex>({ 男: 'male', 女: 'female', 男孩: 'male', 女孩: 'female' });

export const TIERS = words<Tier>({
  高: 'high',
  中: 'medium',
  低: 'low',
  高风险: 'high',
  中风险: 'medium',
  低风险: 'low',
});

export const HOUSEHOLDS = words<Household>({
  农业: 'rural',
  农业户口: 'rural',
  农村: 'rural',
  非农业: 'urban',
  非农业户口: 'urban',
  城镇: 'urban',
  居民: 'unified',
  居民户口: 'unified',
});

export const CATEGORIES = words<ChildCategory>({
  农村留守儿童: 'left-behind',
  留守儿童: 'left-behind',
  困境儿童: 'in-difficulty',
  流动儿童: 'migrant',
});

export const DIFFICULTIES = words<Difficulty>({
  家庭贫困: 'poverty',
  自身残疾: 'disability',
  监护缺失: 'guardianship-missing',
  监护不当: 'guardianship-missing',
  监护缺失或不当: 'guardianship-missing',
  事实无人抚养: 'de-facto-unsupported',
  事实无人抚养儿童: 'de-facto-unsupported',
  孤儿: 'orphan',
  其他: 'other',
});

export const SCHOOLINGS = words<Schooling>({
  未入园: 'not-yet',
  未入学: 'not-yet',
  幼儿园: 'kindergarten',
  在园: 'kindergarten',
  在读: 'in-school',
  在校: 'in-school',
  休学: 'suspended',
  辍学: 'dropped-out',
  失学: 'dropped-out',
  毕业: 'finished',
});

export const YES_NO = words<boolean>({ 是: true, 寄宿: true, 否: false, 走读: false, 不寄宿: false });
