export type Reply = 'confirm' | 'cancel' | 'stop' | 'start' | 'unknown'

// Whole messages only: "I can't confirm" is for a person to read. STOP and its kin are the opt-out words of the SMS networks.
const words: Record<Exclude<Reply, 'unknown'>, readonly string[]> = {
  confirm: ['1', 'כן', 'מאשר', 'מאשרת', 'אישור', 'نعم', 'أؤكد', 'تأكيد', 'да', 'подтверждаю', 'yes', 'y', 'ok', 'confirm'],
  cancel: ['2', 'לא', 'ביטול', 'לבטל', 'מבטל', 'מבטלת', 'لا', 'إلغاء', 'الغاء', 'нет', 'отмена', 'отменить', 'no', 'n'],
  stop: ['stop', 'stopall', 'unsubscribe', 'end', 'quit', 'revoke', 'optout', 'cancel', 'הסר', 'הסירו', 'הסרה', 'توقف', 'стоп'],
  start: ['start', 'unstop', 'הצטרף', 'חדש', 'старт', 'ابدأ'],
}

const meaning = new Map(Object.entries(words).flatMap(([reply, list]) => list.map((word) => [word, reply as Reply] as const))) // keys of `words`

/** What a patient's answer means. Case, spaces, marks of direction, vowel points and the punctuation around it do not matter. */
export function readReply(text: string): Reply {
  const bare = text
    .normalize('NFKC')
    .replace(/[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\p{Cf}]/gu, '')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
    .toLowerCase()
  return meaning.get(bare) ?? 'unknown'
}
