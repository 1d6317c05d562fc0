import { Refusal } from '../refusal.ts'
import { replyWords } from './read-reply.ts'
import type { MessageKind } from './template.ts'

/*
 * Words that have no place in a message of service. Clinical ones tell whoever sees the phone what somebody has (an SMS lies open on a
 * locked screen); words of promotion make of a reminder an advertisement, which needs a consent of its own (Communications Law §30א)
 * and which dental clinics may not send with prices or benefits at all (dental advertising regulations of 2009). A star stands for
 * whatever a word goes on with.
 */
const clinical: readonly string[] = [
  'טיפול שורש', 'טיפולי שורש', 'סתימה', 'סתימת', 'סתימות', 'עקירה', 'עקירת', 'עקירות', 'שתל', 'שתלים', 'השתלה', 'השתלת', 'השתלות', 'ניתוח', 'ניתוחים', 'אבחנה', 'אבחון', 'ביופסיה', 'סרטן', 'היריון', 'הריון', 'מרשם', 'תרופה', 'תרופות', 'צילום רנטגן', 'אנדוסקופיה', 'קולונוסקופיה', 'דלקת', 'זיהום', 'איידס', 'דיכאון', 'הפלה',
  'root canal*', 'filling', 'fillings', 'extraction*', 'implant*', 'surgery', 'surgical', 'diagnos*', 'biops*', 'cancer*', 'pregnan*', 'prescription*', 'medication*', 'x-ray*', 'endoscop*', 'colonoscop*', 'infection*', 'hiv', 'depression', 'abortion*', 'chemotherap*',
  'حشو', 'حشوة', 'خلع', 'زراعة', 'جراحة', 'تشخيص', 'خزعة', 'سرطان', 'حمل', 'وصفة طبية', 'التهاب', 'عملية جراحية',
  'пломб*', 'удалени*', 'имплант*', 'операци*', 'диагноз*', 'биопси*', 'рак', 'рака', 'беременн*', 'рецепт*', 'инфекци*', 'воспалени*',
]
const promotion: readonly string[] = [
  'מבצע', 'מבצעים', 'הנחה', 'הנחת', 'הנחות', 'מתנה', 'מתנות', 'הגרלה', 'חינם', 'קופון', 'קופונים', 'הטבה', 'הטבת', 'הטבות', 'פרסומת',
  'discount*', 'sale', 'gift*', 'lottery', 'raffle*', 'coupon*', 'voucher*', 'promo*', 'free of charge', 'special offer*', 'bonus*',
  'خصم', 'خصومات', 'هدية', 'مجانا', 'قسيمة', 'عرض خاص',
  'скидк*', 'акция', 'акции', 'подарок', 'подарк*', 'бесплатн*', 'розыгрыш*', 'купон*',
]
const promotionSign = /[%٪₪$€]/u

/** The first word of a text that does not belong into a message of this kind; null where all may stay. An invoice and what reminds of one may speak of money. */
export function wrongWord(kind: MessageKind, text: string): { word: string; why: 'clinical' | 'promotion' } | null {
  const read = text.normalize('NFKC').replace(/[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\p{Cf}]/gu, '').toLowerCase().replace(/\{[^{}]*\}/g, ' ')
  const sick = clinical.find((word) => holds(read, word))
  if (sick !== undefined) return { word: bare(sick), why: 'clinical' }
  const sold = promotion.find((word) => holds(read, word)) ?? (kind === 'invoice' || kind === 'debt' || kind === 'statement' ? undefined : promotionSign.exec(read)?.[0])
  return sold === undefined ? null : { word: bare(sold), why: 'promotion' }
}

/*
 * Words by which a number takes itself off all messages, by the networks' rules or ours. To offer one of them as an answer ("reply CANCEL
 * to cancel") would cost the patient every reminder to come. In a sentence they may stand ("your visit is cancelled", "to cancel: {link}").
 */
const ask = String.raw`(?:reply|answer|respond|text|send|write|type|להשיב|השיב[ווי]?|תשיב[ווי]?|לענות|ענ[הוי]|תענ[הוי]|לשלוח|שלח[ווי]?|לכתוב|כתב[ווי]|כתוב|כתבי|להקליד|הקליד[ווי]?|הקלד|השב|أجب|أجيبوا|أرسل|أرسلوا|اكتب|اكتبوا|ответьте|отправьте|напишите|пришлите|ответить)`
const quoted = String.raw`["'«»“„״”’‘]`

/** The first word that a text offers as an answer, and that would stop all messages; null where there is none. */
export function offeredStop(text: string): string | null {
  const read = text.normalize('NFKC').replace(/[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\p{Cf}]/gu, '').replace(/\{[^{}]*\}/g, ' ')
  return replyWords.stop.find((word) => isOffered(read, word)) ?? null
}

function isOffered(text: string, word: string): boolean {
  const low = text.toLowerCase()
  const alone = `(?<!\\p{L})${word}(?!\\p{L})`
  const shouted = word.toUpperCase() !== word && new RegExp(`(?<!\\p{L})${word.toUpperCase()}(?!\\p{L})`, 'u').test(text)
  const named = new RegExp(`${quoted}\\s*${word}\\s*${quoted}`, 'u').test(low)
  // "reply 2 to cancel" says what the digit does
  const asked = new RegExp(`(?<!\\p{L})[והל]?${ask}(?:[\\s,:-]+(?!to\\b)[^\\s.!?\\n]+){0,3}[\\s,:=-]+${alone}`, 'u').test(low)
  return shouted || named || asked
}

/** Refuses `template_word_answer` with the word that a text offers as an answer and that would stop all messages. */
export function requireNoStop(text: string): void {
  const word = offeredStop(text)
  if (word !== null) throw new Refusal('template_word_answer', { word })
}

/** Refuses `template_word_answer`, `template_word_clinical` and `template_word_promotion` with the first such word. */
export function requireFitWords(kind: MessageKind, text: string): void {
  requireNoStop(text)
  const wrong = wrongWord(kind, text)
  if (wrong) throw new Refusal(wrong.why === 'clinical' ? 'template_word_clinical' : 'template_word_promotion', { word: wrong.word })
}

/** Whether the word stands in the text; in Hebrew and Arabic small words are written onto the front of it. */
function holds(text: string, word: string): boolean {
  const front = /\p{Script=Hebrew}/u.test(word) ? '[והבלמשכ]{0,3}' : /\p{Script=Arabic}/u.test(word) ? '[وفبلك]{0,2}(?:ال)?' : ''
  return new RegExp(`(?:^|[^\\p{L}])${front}${escaped(bare(word))}${word.endsWith('*') ? '' : '(?:[^\\p{L}]|$)'}`, 'u').test(text)
}

const bare = (word: string): string => word.replace(/\*$/, '')
const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\-]/g, (sign) => (sign === '-' ? '-' : `\\${sign}`))
