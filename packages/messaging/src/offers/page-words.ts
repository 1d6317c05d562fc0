import type { Instant } from '@yoman/domain/time'
import type { OfferStatus } from '@yoman/domain/waitlist/offer'
import type { Language } from '../texts/text.ts'
import { timeText } from '../values.ts'

/** What the page of an offer says in one language. `{until}` is an hour. */
export interface OfferPageWords {
  offered: string
  with: string
  moves: string
  until: string
  take: string
  decline: string
  phone: string
  /** What became of it, once there is nothing more to answer: a heading and a sentence. */
  ended: Record<Exclude<OfferStatus, 'open'>, readonly [heading: string, sentence: string]>
  unknown: readonly [heading: string, sentence: string]
}

const he: OfferPageWords = {
  offered: 'התפנה תור',
  with: 'אצל',
  moves: 'התור שכבר נקבע לך יעבור למועד הזה.',
  until: 'אפשר לענות עד {until}.',
  take: 'לקחת את התור',
  decline: 'לא מתאים לי',
  phone: 'לשאלות אפשר להתקשר:',
  ended: {
    taken: ['התור נקבע לך', 'המועד שמור לך. נתראה!'],
    declined: ['תודה על התשובה', 'מקומך ברשימת ההמתנה נשמר, ונציע כשיתפנה מועד נוסף.'],
    lost: ['המועד כבר נתפס', 'הפעם הקדימו אותך. מקומך ברשימת ההמתנה נשמר, ונציע כשיתפנה מועד נוסף.'],
    expired: ['הזמן לתשובה עבר', 'מקומך ברשימת ההמתנה נשמר, ונציע כשיתפנה מועד נוסף.'],
    withdrawn: ['ההצעה כבר אינה בתוקף', 'לשאלות אפשר להתקשר למרפאה.'],
  },
  unknown: ['הקישור אינו מוכר', 'כדאי לבדוק שהועתק במלואו, או להתקשר למרפאה.'],
}

const en: OfferPageWords = {
  offered: 'A place is free',
  with: 'With',
  moves: 'Your existing appointment will move to this time.',
  until: 'You can answer until {until}.',
  take: 'Take it',
  decline: 'No, thank you',
  phone: 'Questions? Call',
  ended: {
    taken: ['It is yours', 'The appointment is booked for you. See you then!'],
    declined: ['Thank you for answering', 'You keep your place on the waitlist, and we will offer the next one.'],
    lost: ['It is already taken', 'Somebody was faster this time. You keep your place on the waitlist, and we will offer the next one.'],
    expired: ['The time to answer is over', 'You keep your place on the waitlist, and we will offer the next one.'],
    withdrawn: ['This offer no longer stands', 'Please call the clinic if you have a question.'],
  },
  unknown: ['We do not know this link', 'Please check that all of it was copied, or call the clinic.'],
}

const ar: OfferPageWords = {
  offered: 'توفر موعد',
  with: 'لدى',
  moves: 'سينتقل موعدك المحجوز إلى هذا الوقت.',
  until: 'يمكن الرد حتى الساعة {until}.',
  take: 'حجز الموعد',
  decline: 'لا يناسبني',
  phone: 'للاستفسار يمكن الاتصال:',
  ended: {
    taken: ['تم حجز الموعد لك', 'الموعد محفوظ لك. إلى اللقاء!'],
    declined: ['شكرًا على الرد', 'مكانك في قائمة الانتظار محفوظ، وسنعرض الموعد التالي عند توفره.'],
    lost: ['تم حجز هذا الموعد', 'سبقك شخص آخر هذه المرة. مكانك في قائمة الانتظار محفوظ، وسنعرض الموعد التالي عند توفره.'],
    expired: ['انتهى وقت الرد', 'مكانك في قائمة الانتظار محفوظ، وسنعرض الموعد التالي عند توفره.'],
    withdrawn: ['لم يعد هذا العرض متاحًا', 'للاستفسار يمكن الاتصال بالعيادة.'],
  },
  unknown: ['الرابط غير معروف', 'يرجى التأكد من نسخه كاملًا، أو الاتصال بالعيادة.'],
}

const ru: OfferPageWords = {
  offered: 'Освободилось время',
  with: 'Специалист:',
  moves: 'Ваш уже назначенный визит будет перенесён на это время.',
  until: 'Ответить можно до {until}.',
  take: 'Записаться',
  decline: 'Мне не подходит',
  phone: 'Вопросы можно задать по телефону:',
  ended: {
    taken: ['Вы записаны', 'Это время закреплено за Вами. До встречи!'],
    declined: ['Спасибо за ответ', 'Вы остаётесь в списке ожидания, и мы предложим следующее время.'],
    lost: ['Это время уже занято', 'На этот раз Вас опередили. Вы остаётесь в списке ожидания, и мы предложим следующее время.'],
    expired: ['Время для ответа истекло', 'Вы остаётесь в списке ожидания, и мы предложим следующее время.'],
    withdrawn: ['Предложение больше не действует', 'По вопросам позвоните, пожалуйста, в клинику.'],
  },
  unknown: ['Ссылка неизвестна', 'Проверьте, пожалуйста, что она скопирована целиком, или позвоните в клинику.'],
}

export const offerPageWords: Record<Language, OfferPageWords> = { he, en, ar, ru }

const locales: Record<Language, string> = { he: 'he-IL', en: 'en-GB', ar: 'ar-IL-u-nu-latn', ru: 'ru-RU' }

/** Day of the week, day, month and year, and the hour, on the branch's wall. `zone` is an IANA name. */
export const offerTimes = (at: Instant, zone: string, language: Language): { day: string; hour: string } => ({
  day: new Intl.DateTimeFormat(locales[language], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(at.epochMilliseconds),
  hour: timeText(at, zone, language),
})
