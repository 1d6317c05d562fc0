export type Reply = 'confirm' | 'cancel' | 'move' | 'stop' | 'start' | 'unknown'

// Whole messages only: "I can't confirm" is for a person to read. STOP and its kin are the opt-out words of the SMS networks.
export const replyWords: Record<Exclude<Reply, 'unknown'>, readonly string[]> = {
  confirm: ['1', 'כן', 'מאשר', 'מאשרת', 'אישור', 'מגיע', 'מגיעה', 'אגיע', 'نعم', 'أؤكد', 'تأكيد', 'да', 'подтверждаю', 'yes', 'y', 'ok', 'confirm'],
  cancel: ['2', 'לא', 'ביטול', 'לבטל', 'מבטל', 'מבטלת', 'לא אגיע', 'לא מגיע', 'לא מגיעה', 'לא יכול', 'לא יכולה', 'لا', 'إلغاء', 'الغاء', 'لن أحضر', 'нет', 'отмена', 'отменить', 'не приду', 'no', 'n'],
  move: ['3', 'לשנות', 'שינוי', 'לדחות', 'להזיז', 'להקדים', 'מועד אחר', 'שינוי מועד', 'تغيير', 'تأجيل', 'موعد آخر', 'перенести', 'перенос', 'другое время', 'move', 'change', 'reschedule', 'another time'],
  stop: ['stop', 'stopall', 'unsubscribe', 'end', 'quit', 'revoke', 'optout', 'cancel', 'הסר', 'הסירו', 'הסרה', 'توقف', 'стоп'],
  start: ['start', 'unstop', 'הצטרף', 'חדש', 'старт', 'ابدأ'],
}

const meaning = new Map(Object.entries(replyWords).flatMap(([reply, list]) => list.map((word) => [word, reply as Reply] as const))) // keys of `replyWords`

/** What the SMS networks alone hear as STOP: on WhatsApp they are words like others, and `cancel` speaks of the visit. */
const networkWords: Readonly<Record<string, Reply>> = { cancel: 'cancel', end: 'unknown', quit: 'unknown', revoke: 'unknown' }

/** Whoever answers a call has digits alone: those of an SMS mean what they mean there, and this one ends the calls. */
const callDigits: Readonly<Record<string, Reply>> = { 9: 'stop' }

/** By what an answer came. */
export type ReplyChannel = 'sms' | 'whatsapp' | 'voice'

const ownWords: Readonly<Record<ReplyChannel, Readonly<Record<string, Reply>>>> = { sms: {}, whatsapp: networkWords, voice: callDigits }

/** What a patient's answer on a channel means. Case, spaces, marks of direction, vowel points and the punctuation around it do not matter. */
export function readReply(text: string, channel: ReplyChannel = 'sms'): Reply {
  const bare = text
    .normalize('NFKC')
    .replace(/[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\p{Cf}]/gu, '')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase()
  return ownWords[channel][bare] ?? meaning.get(bare) ?? 'unknown'
}
