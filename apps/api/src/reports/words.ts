import type { IncomeGroup, IncomeSource } from '@yoman/domain/reports/income'

/** Words of the files. */
export type FileLanguage = 'he' | 'en'

export const groupHeadings: Record<FileLanguage, Record<IncomeGroup, string>> = {
  he: { practitioner: 'מטפל', branch: 'סניף', visit_type: 'סוג ביקור', health_fund: 'קופת חולים', month: 'חודש', week: 'שבוע שמתחיל ביום', day: 'יום' },
  en: { practitioner: 'Practitioner', branch: 'Branch', visit_type: 'Kind of visit', health_fund: 'Health fund', month: 'Month', week: 'Week that begins on', day: 'Day' },
}

export const sumHeadings: Record<FileLanguage, readonly string[]> = { he: ['מספר', 'כולל מע״מ', 'ללא מע״מ'], en: ['Count', 'With VAT', 'Without VAT'] }
export const beforeHeadings: Record<FileLanguage, readonly string[]> = {
  he: ['מספר בתקופת ההשוואה', 'כולל מע״מ בתקופת ההשוואה', 'ללא מע״מ בתקופת ההשוואה', 'הפרש כולל מע״מ'],
  en: ['Count in the comparable period', 'With VAT in the comparable period', 'Without VAT in the comparable period', 'Difference with VAT'],
}
export const itemHeadings: Record<FileLanguage, readonly string[]> = {
  he: ['תאריך', 'סוג', 'שם פרטי', 'שם משפחה', 'סוג מסמך', 'מספר מסמך', 'אמצעי תשלום', 'כולל מע״מ', 'ללא מע״מ'],
  en: ['Date', 'What', 'Given name', 'Family name', 'Kind of document', 'Number of document', 'Means of payment', 'With VAT', 'Without VAT'],
}

export const totalWord: Record<FileLanguage, string> = { he: 'סה״כ', en: 'Total' }
export const noneWord: Record<FileLanguage, string> = { he: 'ללא', en: 'None' }

export const sourceWords: Record<FileLanguage, Record<IncomeSource, string>> = {
  he: { visit: 'ביקור', document: 'מסמך', deduction: 'קיזוז מקדמה', payment: 'תשלום', refund: 'החזר', cheque: 'שיק שחזר' },
  en: { visit: 'Visit', document: 'Document', deduction: 'Advance deducted', payment: 'Payment', refund: 'Refund', cheque: 'Cheque that is gone' },
}

export const methodWords: Record<FileLanguage, Record<string, string>> = {
  he: { cash: 'מזומן', card: 'כרטיס אשראי', transfer: 'העברה בנקאית', bit: 'ביט', cheque: 'שיק' },
  en: { cash: 'Cash', card: 'Card', transfer: 'Bank transfer', bit: 'Bit', cheque: 'Cheque' },
}

export const fundWords: Record<FileLanguage, Record<string, string>> = {
  he: { 101: 'כללית', 102: 'לאומית', 103: 'מכבי', 104: 'מאוחדת', 401: 'צה״ל', 402: 'משרד הביטחון', 480: 'הרשות הפלסטינית' },
  en: { 101: 'Clalit', 102: 'Leumit', 103: 'Maccabi', 104: 'Meuhedet', 401: 'IDF', 402: 'Ministry of Defence', 480: 'Palestinian Authority' },
}
