import type { CallAnswer } from '@yoman/domain/messages/call'
import type { Language } from './text.ts'

/** What a call says. Written for the ear: whole sentences, no link and no sign that a voice would spell out. */
export interface CallTexts {
  reminder: { greeting: string; from: string; visit: string }
  /** The same where there is no name that the voice could say. */
  nameless: { greeting: string; from: string }
  /** Which digit does what; the same digits as in an SMS (`replyWords`). */
  menu: string
  answers: Record<CallAnswer, string>
  /** To whoever pressed nothing. */
  goodbye: string
}

export const callTexts: Record<Language, CallTexts> = {
  he: {
    reminder: { greeting: 'שלום {patientFirstName}.', from: 'זו תזכורת אוטומטית מ{clinicName}.', visit: 'התור שלך נקבע ל{date}, בשעה {time}.' },
    nameless: { greeting: 'שלום.', from: 'זו תזכורת אוטומטית.' },
    menu: 'לאישור ההגעה, יש להקיש 1. לביטול, יש להקיש 2. למועד אחר, יש להקיש 3. כדי לא לקבל עוד שיחות כאלה, יש להקיש 9.',
    answers: { confirmed: 'תודה, ההגעה אושרה. להתראות.', cancelled: 'התור בוטל. תודה ולהתראות.', kept: 'תודה. העברנו את התשובה למרפאה, ויחזרו אליך. להתראות.', stopped: 'לא נתקשר עוד. להתראות.', again: 'לא הבנו את ההקשה.' },
    goodbye: 'תודה ולהתראות.',
  },
  en: {
    reminder: { greeting: 'Hello {patientFirstName}.', from: 'This is an automatic reminder from {clinicName}.', visit: 'Your visit is on {date}, at {time}.' },
    nameless: { greeting: 'Hello.', from: 'This is an automatic reminder.' },
    menu: 'To confirm, press 1. To cancel, press 2. For another time, press 3. To get no more such calls, press 9.',
    answers: { confirmed: 'Thank you, your visit is confirmed. Goodbye.', cancelled: 'Your visit is cancelled. Thank you and goodbye.', kept: 'Thank you. We gave your answer to the clinic, who will get back to you. Goodbye.', stopped: 'We will not call again. Goodbye.', again: 'We did not understand that key.' },
    goodbye: 'Thank you and goodbye.',
  },
  ar: {
    reminder: { greeting: 'مرحبا {patientFirstName}.', from: 'هذا تذكير آلي من {clinicName}.', visit: 'موعدك في {date}، الساعة {time}.' },
    nameless: { greeting: 'مرحبا.', from: 'هذا تذكير آلي.' },
    menu: 'للتأكيد اضغط 1. للإلغاء اضغط 2. لموعد آخر اضغط 3. لإيقاف هذه المكالمات اضغط 9.',
    answers: { confirmed: 'شكرا، تم تأكيد الموعد. إلى اللقاء.', cancelled: 'تم إلغاء الموعد. شكرا وإلى اللقاء.', kept: 'شكرا. نقلنا إجابتك إلى العيادة وسيتصلون بك. إلى اللقاء.', stopped: 'لن نتصل مرة أخرى. إلى اللقاء.', again: 'لم نفهم الرقم.' },
    goodbye: 'شكرا وإلى اللقاء.',
  },
  ru: {
    reminder: { greeting: 'Здравствуйте, {patientFirstName}.', from: 'Это автоматическое напоминание от {clinicName}.', visit: 'Ваш визит назначен на {date}, время {time}.' },
    nameless: { greeting: 'Здравствуйте.', from: 'Это автоматическое напоминание.' },
    menu: 'Чтобы подтвердить, нажмите 1. Чтобы отменить, нажмите 2. Чтобы перенести, нажмите 3. Чтобы больше не получать таких звонков, нажмите 9.',
    answers: { confirmed: 'Спасибо, визит подтверждён. До свидания.', cancelled: 'Визит отменён. Спасибо, до свидания.', kept: 'Спасибо. Мы передали ваш ответ в клинику, с вами свяжутся. До свидания.', stopped: 'Мы больше не будем звонить. До свидания.', again: 'Мы не поняли нажатие.' },
    goodbye: 'Спасибо, до свидания.',
  },
}

/** The words of a reminder by call, with their places. A landline is a household's: it does not say whom the visit is with. @param named what has a name that the voice can say. */
export function callReminder(language: Language, named: { patient: boolean; clinic: boolean }): string {
  const { reminder, nameless } = callTexts[language]
  return [named.patient ? reminder.greeting : nameless.greeting, named.clinic ? reminder.from : nameless.from, reminder.visit].join(' ')
}
