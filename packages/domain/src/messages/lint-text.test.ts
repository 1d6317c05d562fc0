import { describe, expect, it } from 'vitest'
import { offeredStop, requireFitWords, wrongWord } from './lint-text.ts'

describe('a text that patients get', () => {
  it.each([
    ['שלום {patientFirstName}, תזכורת לטיפול שורש מחר', 'טיפול שורש', 'clinical'],
    ['תורך לעקירה ב-{date}', 'עקירה', 'clinical'],
    ['Your ROOT CANAL is tomorrow', 'root canal', 'clinical'],
    ['Your implants are ready', 'implant', 'clinical'],
    ['موعدك للجراحة غدا', 'جراحة', 'clinical'],
    ['Запись на удаление зуба', 'удалени', 'clinical'],
    ['תזכורת לתור. מבצע על הלבנה!', 'מבצע', 'promotion'],
    ['נתראה מחר, 20% על הבא', '%', 'promotion'],
    ['See you tomorrow. Whitening for ₪400', '₪', 'promotion'],
    ['Скидка до пятницы', 'скидк', 'promotion'],
    ['خصم هذا الأسبوع', 'خصم', 'promotion'],
    ['בְּמַתָּנָה לכל פונה', 'מתנה', 'promotion'],
  ])('may not say %j', (text, word, why) => {
    expect(wrongWord('reminder', text)).toEqual({ word, why })
    expect(() => requireFitWords('reminder', text)).toThrow(expect.objectContaining({ code: `template_word_${why}`, params: { word } }))
  })

  it.each(['תזכורת לתור במרפאת כהן מחר, במקום הרגיל', 'We keep our word', 'Ракета и раковина', 'حملة التطعيم', 'The salesman is not invited', 'שתלתן פינת הרצל'])('may say %j', (text) => {
    expect(wrongWord('reminder', text)).toBeNull()
  })

  it('of an invoice may speak of money, and placeholders are no words', () => {
    expect(wrongWord('invoice', 'Total: ₪350')).toBeNull()
    expect(wrongWord('reminder', 'Total: ₪350')).not.toBeNull()
    expect(wrongWord('reminder', '{discount} {implant}')).toBeNull()
  })
})

describe('an answer that stops all messages', () => {
  it.each([
    ['Reply CANCEL to cancel', 'cancel'],
    ['{clinicName}: text stop to opt out', 'stop'],
    ['Answer 1, or cancel', 'cancel'],
    ['To opt out: STOP', 'stop'],
    ['write "end" if you cannot come', 'end'],
    ['להסרה השיבו הסר', 'הסר'],
    ['לביטול יש לשלוח את המילה הסרה', 'הסרה'],
    ['אפשר לענות ״הסר״', 'הסר'],
    ['أرسل توقف', 'توقف'],
    ['Ответьте словом стоп', 'стоп'],
    ['Ответьте «стоп»', 'стоп'],
  ])('is not offered: %j', (text, word) => {
    expect(offeredStop(text)).toBe(word)
    for (const kind of ['reminder', 'invoice', 'offer', 'form', 'series_changed'] as const) expect(() => requireFitWords(kind, text), kind).toThrow(expect.objectContaining({ code: 'template_word_answer', params: { word } }))
  })

  it.each([
    'To confirm, change or cancel it: {link}', 'Reply 1 to confirm, 2 to cancel', 'Answer 2 to cancel', 'Your visit was cancelled', 'At the end of the visit, send us the form', 'לאישור השיבו 1, לביטול השיבו 2',
    'הסר משקפיים לפני הצילום', 'Do not stop your treatment without asking', 'Напишите нам, если что-то изменится', 'Send us a message. Stop by any time',
  ])('may be spoken of: %j', (text) => expect(offeredStop(text)).toBeNull())
})
