import type { DocumentLanguage } from '@yoman/domain/plans/shown'

interface Words {
  heading: string
  /** `{month}` and year. */
  month: string
  reader: string
  period: string
  writtenOn: string
  open: string
  openColumns: { document: string; on: string; due: string; owed: string }
  owed: string
  nothingOwed: string
  documents: string
  documentColumns: { on: string; document: string; total: string; received: string }
  nothing: string
  credit: string
  /** Said of somebody, where the statement is of several people. */
  of: string
  note: string
}

/** What a statement of account says, in the languages of patients. */
export const statementWords: Record<DocumentLanguage, Words> = {
  he: {
    heading: 'דף חשבון', month: 'חודש {month}', reader: 'לכבוד', period: 'תקופה', writtenOn: 'היתרה נכון ליום', open: 'לתשלום', openColumns: { document: 'מסמך', on: 'תאריך', due: 'לתשלום עד', owed: 'יתרה' }, owed: 'סך הכול לתשלום', nothingOwed: 'אין יתרה לתשלום. תודה!',
    documents: 'מסמכים ותשלומים בתקופה', documentColumns: { on: 'תאריך', document: 'מסמך', total: 'סכום', received: 'התקבל' }, nothing: 'לא הופקו מסמכים בתקופה.', credit: 'סכום שעומד לזכותך', of: 'עבור {name}', note: 'דף חשבון זה הוא לידיעה ואינו חשבונית ואינו קבלה.',
  },
  ar: {
    heading: 'كشف حساب', month: 'شهر {month}', reader: 'حضرة', period: 'الفترة', writtenOn: 'الرصيد حتى يوم', open: 'للدفع', openColumns: { document: 'المستند', on: 'التاريخ', due: 'للدفع حتى', owed: 'الرصيد' }, owed: 'المجموع للدفع', nothingOwed: 'لا يوجد رصيد للدفع. شكرا!',
    documents: 'المستندات والدفعات خلال الفترة', documentColumns: { on: 'التاريخ', document: 'المستند', total: 'المبلغ', received: 'المقبوض' }, nothing: 'لم تصدر مستندات خلال الفترة.', credit: 'مبلغ لحسابكم', of: 'عن {name}', note: 'كشف الحساب هذا للعلم وليس فاتورة ولا إيصالا.',
  },
  ru: {
    heading: 'Выписка по счёту', month: 'Месяц: {month}', reader: 'Кому', period: 'Период', writtenOn: 'Остаток на дату', open: 'К оплате', openColumns: { document: 'Документ', on: 'Дата', due: 'Оплатить до', owed: 'Остаток' }, owed: 'Всего к оплате', nothingOwed: 'Задолженности нет. Спасибо!',
    documents: 'Документы и платежи за период', documentColumns: { on: 'Дата', document: 'Документ', total: 'Сумма', received: 'Получено' }, nothing: 'За период документов не было.', credit: 'Сумма в вашу пользу', of: 'за: {name}', note: 'Выписка носит справочный характер и не является ни счётом, ни квитанцией.',
  },
  en: {
    heading: 'Statement of account', month: 'Month {month}', reader: 'To', period: 'Period', writtenOn: 'Balance as of', open: 'To be paid', openColumns: { document: 'Document', on: 'Date', due: 'Due on', owed: 'Balance' }, owed: 'Total to be paid', nothingOwed: 'Nothing is owed. Thank you!',
    documents: 'Documents and payments of the period', documentColumns: { on: 'Date', document: 'Document', total: 'Sum', received: 'Received' }, nothing: 'No documents were issued in the period.', credit: 'In your favour', of: 'for {name}', note: 'This statement is for information; it is neither an invoice nor a receipt.',
  },
}
