import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import type { Direction } from '../bidi.ts'

interface Words {
  language: string
  direction: Direction
  heading: string
  draft: string
  edition: string
  patient: string
  birthDate: string
  doctor: string
  date: string
  vatNumber: string
  phone: string
  phase: string
  columns: { tooth: string; item: string; quantity: string; price: string }
  phaseTotal: string
  total: string
  estimate: string
  withVat: string
  declarationTitle: string
  declaration: string
  signed: { patient: string; guardian: string }
  signedOn: string
  witness: string
  typed: string
  hash: string
  page: string
}

/** What a treatment plan on paper says, in the four languages of patients. */
export const planWords: Record<DocumentLanguage, Words> = {
  he: {
    language: 'he-IL', direction: 'rtl', heading: 'תוכנית טיפול', draft: 'טרם נחתמה', edition: 'מהדורה {edition}', patient: 'שם המטופל/ת', birthDate: 'תאריך לידה', doctor: 'נערכה בידי', date: 'תאריך', vatNumber: 'עוסק מורשה {number}', phone: 'טלפון {phone}',
    phase: 'שלב {number}', columns: { tooth: 'שן', item: 'טיפול', quantity: 'כמות', price: 'מחיר' }, phaseTotal: 'סה״כ לשלב', total: 'סה״כ לתוכנית', estimate: '{least} עד {most}', withVat: 'המחירים בשקלים חדשים וכוללים מע״מ. היכן שמופיע טווח, זו הערכה; המחיר הסופי ייקבע לפי הטיפול שיינתן בפועל.',
    declarationTitle: 'אישור התוכנית', declaration: 'קראתי את תוכנית הטיפול, קיבלתי הסבר עליה ועל חלופותיה ויכולתי לשאול שאלות. אני מסכים/ה לתוכנית ולמחירים שבה. ידוע לי שאפשר לחזור מההסכמה בכל עת לגבי טיפולים שטרם ניתנו, ושכל שינוי בתוכנית יוצג לי לאישור מחדש.',
    signed: { patient: 'חתימת המטופל/ת: {name}', guardian: 'חתימת האפוטרופוס/ית: {name}' }, signedOn: 'נחתם ביום {date}', witness: 'בנוכחות {name}', typed: 'נחתם בהקלדת השם בפני עד/ה', hash: 'טביעת המסמך: {hash}', page: 'עמוד {page} מתוך {pages}',
  },
  ar: {
    language: 'ar', direction: 'rtl', heading: 'خطة العلاج', draft: 'لم تُوقَّع بعد', edition: 'إصدار {edition}', patient: 'اسم المريض/ة', birthDate: 'تاريخ الميلاد', doctor: 'أعدّها', date: 'التاريخ', vatNumber: 'مصلحة مرخّصة {number}', phone: 'هاتف {phone}',
    phase: 'المرحلة {number}', columns: { tooth: 'السن', item: 'العلاج', quantity: 'الكمية', price: 'السعر' }, phaseTotal: 'مجموع المرحلة', total: 'المجموع الكلي', estimate: '{least} حتى {most}', withVat: 'الأسعار بالشيكل الجديد وتشمل ضريبة القيمة المضافة. حيث يظهر نطاق فهو تقدير، ويُحدَّد السعر النهائي وفق العلاج المقدَّم فعليًا.',
    declarationTitle: 'الموافقة على الخطة', declaration: 'قرأتُ خطة العلاج وشُرحت لي مع بدائلها وأُتيح لي طرح الأسئلة. أوافق على الخطة وعلى أسعارها. أعلم أنه يمكنني التراجع في أي وقت عن العلاجات التي لم تُقدَّم بعد، وأن كل تغيير في الخطة سيُعرض عليّ للموافقة من جديد.',
    signed: { patient: 'توقيع المريض/ة: {name}', guardian: 'توقيع وليّ الأمر: {name}' }, signedOn: 'وُقّعت بتاريخ {date}', witness: 'بحضور {name}', typed: 'وُقّعت بكتابة الاسم أمام شاهد', hash: 'بصمة المستند: {hash}', page: 'صفحة {page} من {pages}',
  },
  ru: {
    language: 'ru', direction: 'ltr', heading: 'План лечения', draft: 'не подписан', edition: 'редакция {edition}', patient: 'Пациент', birthDate: 'Дата рождения', doctor: 'Составил(а)', date: 'Дата', vatNumber: 'Зарегистрированный предприниматель {number}', phone: 'Телефон {phone}',
    phase: 'Этап {number}', columns: { tooth: 'Зуб', item: 'Лечение', quantity: 'Кол-во', price: 'Цена' }, phaseTotal: 'Итого за этап', total: 'Итого по плану', estimate: 'от {least} до {most}', withVat: 'Цены указаны в новых шекелях и включают НДС. Диапазон означает оценку: окончательная цена зависит от фактически проведённого лечения.',
    declarationTitle: 'Согласие с планом', declaration: 'Я прочитал(а) план лечения, мне объяснили его и другие возможности, я мог(ла) задать вопросы. Я согласен (согласна) с планом и ценами. Мне известно, что я могу в любое время отказаться от ещё не проведённого лечения и что любое изменение плана будет представлено мне для нового согласия.',
    signed: { patient: 'Подпись пациента: {name}', guardian: 'Подпись опекуна: {name}' }, signedOn: 'Подписано {date}', witness: 'В присутствии: {name}', typed: 'Подписано вводом имени в присутствии свидетеля', hash: 'Отпечаток документа: {hash}', page: 'Страница {page} из {pages}',
  },
  en: {
    language: 'en', direction: 'ltr', heading: 'Treatment plan', draft: 'not signed yet', edition: 'Edition {edition}', patient: 'Patient', birthDate: 'Date of birth', doctor: 'Written by', date: 'Date', vatNumber: 'Licensed dealer {number}', phone: 'Phone {phone}',
    phase: 'Phase {number}', columns: { tooth: 'Tooth', item: 'Treatment', quantity: 'Quantity', price: 'Price' }, phaseTotal: 'Total of the phase', total: 'Total of the plan', estimate: '{least} to {most}', withVat: 'Prices are in new shekels and include VAT. A range is an estimate; the final price follows the treatment that is actually given.',
    declarationTitle: 'Agreement', declaration: 'I have read the treatment plan, it and its alternatives were explained to me, and I could ask questions. I agree to the plan and to its prices. I know that I may withdraw at any time from treatment not yet given, and that every change of the plan will be shown to me again for my agreement.',
    signed: { patient: 'Signature of the patient: {name}', guardian: 'Signature of the guardian: {name}' }, signedOn: 'Signed on {date}', witness: 'In the presence of {name}', typed: 'Signed by typing the name before a witness', hash: 'Fingerprint of the document: {hash}', page: 'Page {page} of {pages}',
  },
}

/** What the signature under a plan says. */
export const planDeclaration = (language: DocumentLanguage): string => planWords[language].declaration
