import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import type { Direction } from '../bidi.ts'

interface Words {
  language: string
  direction: Direction
  patient: string
  birthDate: string
  identifier: string
  date: string
  drugs: { name: string; dose: string; days: string; quantity: string }
  licence: string
  stamp: string
  notDigital: string
  draft: string
  hash: string
}

/** What stands around the text of a letter on paper. */
export const letterWords: Record<DocumentLanguage, Words> = {
  he: { language: 'he-IL', direction: 'rtl', patient: 'שם המטופל/ת', birthDate: 'תאריך לידה', identifier: 'מספר זהות', date: 'תאריך', drugs: { name: 'תרופה, חוזק וצורה', dose: 'אופן הנטילה', days: 'ימים', quantity: 'כמות לניפוק' }, licence: 'מס׳ רישיון {number}', stamp: 'חתימה וחותמת', notDigital: 'מרשם מודפס, אינו מרשם דיגיטלי. תקף בחתימת יד וחותמת. אינו מיועד לסמים מסוכנים.', draft: 'טיוטה, לא לשימוש', hash: 'טביעת המסמך: {hash}' },
  ar: { language: 'ar', direction: 'rtl', patient: 'اسم المريض/ة', birthDate: 'تاريخ الميلاد', identifier: 'رقم الهوية', date: 'التاريخ', drugs: { name: 'الدواء وتركيزه وشكله', dose: 'طريقة الاستعمال', days: 'أيام', quantity: 'الكمية' }, licence: 'رقم الترخيص {number}', stamp: 'التوقيع والختم', notDigital: 'وصفة مطبوعة وليست رقمية. سارية بتوقيع اليد والختم. غير مخصصة للمخدرات الخطرة.', draft: 'مسودة، ليست للاستعمال', hash: 'بصمة المستند: {hash}' },
  ru: { language: 'ru', direction: 'ltr', patient: 'Пациент', birthDate: 'Дата рождения', identifier: 'Номер удостоверения', date: 'Дата', drugs: { name: 'Препарат, доза и форма', dose: 'Применение', days: 'Дни', quantity: 'Количество' }, licence: 'Лицензия № {number}', stamp: 'Подпись и печать', notDigital: 'Печатный, а не цифровой рецепт. Действителен с подписью и печатью. Не для опасных наркотических средств.', draft: 'Черновик, не для использования', hash: 'Отпечаток документа: {hash}' },
  en: { language: 'en', direction: 'ltr', patient: 'Patient', birthDate: 'Date of birth', identifier: 'Identity number', date: 'Date', drugs: { name: 'Medicine, strength and form', dose: 'Directions', days: 'Days', quantity: 'Quantity' }, licence: 'Licence no. {number}', stamp: 'Signature and stamp', notDigital: 'A printed prescription, not a digital one. Valid with handwritten signature and stamp. Not for dangerous drugs.', draft: 'Draft, not for use', hash: 'Fingerprint of the document: {hash}' },
}
