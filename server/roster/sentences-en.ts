import type { ProblemCode } from './problems.ts';
import type { RosterFileFault } from './roster-file.ts';
import type { Sentence } from './sentences-zh.ts';

export const PROBLEMS_EN: Readonly<Record<ProblemCode, Sentence>> = {
  'row-short': [
    'The row has too few cells',
    'Fill in the missing cells; leave a cell empty where there is nothing',
  ],
  'row-long': ['The row has more cells than the header', 'See whether a comma has split one cell into two'],
  'cell-too-long': ['The cell is too long', 'See whether a missing quote has swallowed the rows below'],
  'cell-garbled': ['The cell holds unreadable characters', 'Fill it in again and save as XLSX'],
  'cell-formula': [
    'The cell looks like a formula',
    'Write plain text that does not begin with = + - @ or a tab',
  ],
  'cell-error': ['The cell holds a spreadsheet error', 'Put the real content in place of the formula'],
  blank: ['This cell must not be empty', 'Fill it in'],
  'number-rounded': [
    'The spreadsheet has shortened a long number',
    'Make the column text and type the number again',
  ],
  'code-malformed': ['A code has letters, digits and hyphens, at most 32', 'Use the code of your county'],
  'code-personal': [
    'The code looks like an identity number',
    'Codes are shown widely; use the code of your county',
  ],
  'code-twice': ['Row {detail} already has this code', 'Remove the double row, or give it another code'],
  'code-other-child': [
    'The stored child with this code was born on another day',
    'Correct that file first, or use another code',
  ],
  'name-too-long': ['The name is too long', 'Write the name only'],
  'sex-unknown': ['Sex is 男 or 女', 'Correct it'],
  'category-unknown': ['Unknown category', 'Use 农村留守儿童, 困境儿童 or 流动儿童, several with 、 between'],
  'tier-unknown': ['The risk tier is 高, 中 or 低', 'Correct it, or leave it empty until it is assessed'],
  'date-unreadable': ['This is not a real date', 'Write it like 2015-03-05'],
  'date-in-future': ['This date has not come yet', 'Check it'],
  'date-before-birth': ['This date is before the birth', 'Check it and the birth date'],
  'grown-up': ['By the birth date the child is 18 or over', 'Correct the date, or leave the row out'],
  'care-ends-before-start': ['The care agreement ends before it starts', 'Check both dates'],
  'care-ended-long-ago': [
    'The care agreement ended more than a year ago',
    'Give the present term, or leave it empty',
  ],
  'identity-malformed': [
    'This is not an identity number of 18 characters',
    'Copy it again, or leave it empty',
  ],
  'identity-check-digit': [
    'The last character of the identity number does not fit',
    'One digit is wrong; check it',
  ],
  'identity-birth-differs': [
    'Identity number and birth date disagree',
    'Check both against the household book',
  ],
  'identity-sex-differs': ['Identity number and sex disagree', 'Check both against the household book'],
  'identity-twice': ['Row {detail} already has this identity number', 'Keep one row for one child'],
  'identity-known': ['A stored child with another code has this identity number', 'Use that child’s code'],
  'village-unknown': [
    'Unknown village code',
    'Use a code of 12 digits from the table of areas, or add the village there',
  ],
  'phone-malformed': ['This is not a phone number', 'Write 11 digits, or a landline with its area code'],
  'area-code-malformed': ['An area code has 6, 9 or 12 digits', 'Correct it'],
  'level-unknown': ['Unknown level', 'Use 省, 市, 县, 乡镇 or 村居'],
  'level-differs': [
    'Level and code do not fit',
    '6 digits down to the county, 9 for a township, 12 for a village',
  ],
  'parent-blank': ['The parent code is missing', 'A township needs its county, a village its township'],
  'parent-unknown': ['The parent is missing or was refused', 'Correct the parent’s row first'],
  'parent-level': [
    'The parent is on the wrong level',
    'A village belongs to a township, a township to a county',
  ],
  'role-unknown': [
    'Unknown role',
    'Use 儿童主任, 儿童督导员, 副督导员, 县级民政, 县级分管领导, 市级民政 or 省级民政',
  ],
  'area-unknown': ['Unknown area code', 'Use codes from the table of areas, several with 、 between'],
  'role-area-differs': [
    'The role does not work on this level',
    'Directors have villages, supervisors townships',
  ],
  'account-malformed': ['This is not a WeCom account', 'Copy it from the WeCom directory'],
  'account-twice': [
    'Row {detail} already has this WeCom account',
    'One account for one person; case does not count',
  ],
  'account-known': ['A stored colleague has this WeCom account', 'Check it, or use the earlier staff number'],
  'partner-area-unknown': [
    'Unknown area code',
    'Write one code from the table of areas: the area this office is for',
  ],
  'partner-kind-unknown': [
    'Unknown kind of office',
    'Write 派出所, 医院, 学校, 民政, 教育, 检察院, 妇联, 热线 or 村居',
  ],
  'partner-phone-malformed': [
    'This is not a phone number',
    'Write a mobile number, a landline with its area code, or a short number such as 12345',
  ],
  'partner-twice': [
    'Row {detail} already has this office for this area',
    'Keep one row; two numbers go into one cell',
  ],
  'break-area-unknown': ['Unknown area code', 'Write the code of a city or a county from the table of areas'],
  'break-area-level': [
    'A school calendar is that of a city or a county',
    'Write the code of a city or a county',
  ],
  'break-stage-unknown': [
    'Unknown stage of school',
    'Write 幼儿园, 小学, 初中, 高中 or 中职; several with 、 between them',
  ],
  'break-kind-unknown': ['Unknown break', 'Write 寒假 or 暑假'],
  'break-days-wrong': [
    'These cannot be the days of this break',
    'Look for days the wrong way round and a wrong year; first and last day are both free',
  ],
  'break-twice': ['Row {detail} already has this break of this stage and area', 'Keep one row'],
  'break-unverified': [
    'Nobody has confirmed it; it is kept, and no notice to families goes out by it',
    'Compare it with its source, then write the day',
  ],
  'verified-long-ago': [
    'Nobody has verified the number for more than a year; it will be marked',
    'Call it, then change the day',
  ],
  'column-unknown': ['Unknown column, not read', 'Nothing to do, unless the header is misspelt'],
  'name-digits': ['The name holds digits; taken', 'Please look'],
  'name-unusual': ['The name looks unusual; taken', 'See whether a character is wrong or missing'],
  'tier-blank': ['No risk tier; treated as medium', 'Ask the supervisor to confirm one soon'],
  'tier-kept': [
    'The tier differs from the one confirmed in the service; not changed',
    'Let the supervisor confirm a new tier in the service, or correct the table',
  ],
  'left-behind-16': [
    'The child is 16 and no longer counts as left behind',
    'See whether it is still in difficulty',
  ],
  'left-behind-urban': ['A rural left-behind child has a rural household', 'Check the household'],
  'identity-blank': ['No identity number; taken', 'Add it later, or help with the registration'],
  'household-unknown': ['Unknown household; left empty', 'Use 农业 or 非农业'],
  'schooling-unknown': ['Unknown schooling; left empty', 'Use 未入园, 幼儿园, 在读, 休学 or 辍学'],
  'boarder-unknown': ['Boarding is 是 or 否; left empty', 'Correct it'],
  'difficulty-unknown': ['An unknown difficulty is kept as other', 'Use the words of the sample table'],
  'difficulty-blank': ['A child in difficulty without its difficulty', 'Fill it in'],
  'guardian-blank': ['No name and no phone of a guardian', 'Find out and fill in'],
  'adult-name-blank': ['A phone without a name; the relation stands in', 'Add the name'],
  'phone-blank': ['No phone: nobody can be called in need', 'Fill it in'],
  'phone-several': ['Several phones in one cell; the first is used', 'Put the best one first'],
  'away-in-future': ['The day of leaving has not come yet', 'Check it'],
  'care-ended': ['The care agreement has ended', 'Ask the family whether it goes on'],
  'care-without-carer': ['A care agreement without a carer', 'Add the carer, or leave the term empty'],
  'perhaps-twice': ['Same village, name and birth date as row {detail}', 'See whether it is the same child'],
  'account-blank': ['No WeCom account: no message arrives', 'Add it when it is open'],
  'areas-several': ['Only the first area is used for this role', 'Put the main one first'],
  'person-missing': [
    'This colleague is stored but not in the table; kept',
    'Record in the service who no longer does this work',
  ],
  'parent-prefix': [
    'The code begins unlike its parent',
    'Nothing to do after a redrawing of areas; else check it',
  ],
  'top-blank': ['No parent code; taken as the top', 'Add the parent if there is one'],
  'village-without-director': ['Village {detail} has no director', 'Every village needs one; please add'],
  'township-without-supervisor': [
    'Township {detail} has no supervisor',
    'Nobody takes its alerts; please add',
  ],
  'county-without-desk': [
    'County {detail} has no desk',
    'Nobody takes what climbs to the county; please add',
  ],
};

export const FAULTS_EN: Readonly<Record<RosterFileFault, Sentence>> = {
  'file-missing': ['There is no file {file}', 'Check path and name'],
  'file-unreadable': ['File {file} cannot be read', 'Check its permissions, or save it again'],
  'file-empty': ['File {file} is empty', 'Choose a table with content'],
  'file-too-large': ['File {file} is larger than {detail}', 'Split it, or save it as CSV'],
  'old-xls': ['File {file} is in the old .xls format', 'Save it as .xlsx'],
  'xlsx-damaged': ['File {file} is not a sound XLSX', 'Open it in a spreadsheet and save it again'],
  'columns-missing': ['File {file} lacks these columns: {detail}', 'Add them as in the sample table'],
  'column-twice': ['File {file} has the column {detail} twice', 'Keep one'],
  'quote-not-closed': [
    'In file {file} a quote opened from row {detail} on never closes',
    'Close it, or save as XLSX',
  ],
  'record-too-long': ['Row {detail} of file {file} is too long', 'See whether a quote is missing'],
  'too-many-rows': ['File {file} has more than {detail} rows', 'Split it'],
};
