import type { Language } from '../texts/text.ts'

/** How the pattern of a series is said in one language; the parts come ready to be put in. */
export interface SeriesWords {
  /** Of a mail. */
  subject: Record<'series_changed' | 'series_cancelled', string>
  everyWeeks: (weeks: number, weekday: string, time: string) => string
  /** On the same date of each month, or on the nth weekday; 5 is the last. */
  everyMonthsByDate: (months: number, day: number, time: string) => string
  everyMonthsByWeekday: (months: number, nth: number, weekday: string, time: string) => string
  /** From the first to the last of so many visits. */
  span: (from: string, to: string, count: number) => string
  /** A visit that lies elsewhere than the pattern says. */
  elsewhere: string
  at: (date: string, time: string) => string
  more: (count: number) => string
  comma: string
  /** Between dates of a list. */
  semicolon: string
}

const nth = (words: readonly string[], index: number): string => words[Math.min(index, words.length) - 1] ?? ''

const he: SeriesWords = {
  subject: { series_changed: 'התורים שלך עודכנו', series_cancelled: 'תורים שלך בוטלו' },
  everyWeeks: (weeks, weekday, time) => `${weeks === 1 ? 'כל שבוע' : weeks === 2 ? 'כל שבועיים' : `כל ${weeks} שבועות`} ב${weekday} בשעה ${time}`,
  everyMonthsByDate: (months, day, time) => `${monthsHe(months)} ב־${day} בחודש בשעה ${time}`,
  everyMonthsByWeekday: (months, index, weekday, time) => `${monthsHe(months)} ב${weekday} ${nth(['הראשון', 'השני', 'השלישי', 'הרביעי', 'האחרון'], index)} בשעה ${time}`,
  span: (from, to, count) => `מ־${from} עד ${to} (${count} תורים)`,
  elsewhere: 'במועד אחר',
  at: (date, time) => `${date} בשעה ${time}`,
  more: (count) => (count === 1 ? 'ועוד תור אחד' : `ועוד ${count} תורים`),
  comma: ', ',
  semicolon: '; ',
}
const monthsHe = (months: number): string => (months === 1 ? 'כל חודש' : months === 2 ? 'כל חודשיים' : `כל ${months} חודשים`)

const en: SeriesWords = {
  subject: { series_changed: 'Your appointments have changed', series_cancelled: 'Appointments of yours have been cancelled' },
  everyWeeks: (weeks, weekday, time) => `${weeks === 1 ? 'every week' : `every ${weeks} weeks`}, ${weekday} at ${time}`,
  everyMonthsByDate: (months, day, time) => `${monthsEn(months)} on day ${day} at ${time}`,
  everyMonthsByWeekday: (months, index, weekday, time) => `${monthsEn(months)} on the ${nth(['first', 'second', 'third', 'fourth', 'last'], index)} ${weekday} at ${time}`,
  span: (from, to, count) => `from ${from} to ${to} (${count} visits)`,
  elsewhere: 'at another time',
  at: (date, time) => `${date} at ${time}`,
  more: (count) => `and ${count} more`,
  comma: ', ',
  semicolon: '; ',
}
const monthsEn = (months: number): string => (months === 1 ? 'every month' : `every ${months} months`)

const ar: SeriesWords = {
  subject: { series_changed: 'تم تعديل مواعيدك', series_cancelled: 'تم إلغاء مواعيد لك' },
  everyWeeks: (weeks, weekday, time) => `${weeks === 1 ? 'كل أسبوع' : weeks === 2 ? 'كل أسبوعين' : `كل ${weeks} ${weeks <= 10 ? 'أسابيع' : 'أسبوعًا'}`} يوم ${weekday} الساعة ${time}`,
  everyMonthsByDate: (months, day, time) => `${monthsAr(months)} في اليوم ${day} من الشهر الساعة ${time}`,
  everyMonthsByWeekday: (months, index, weekday, time) => `${monthsAr(months)} يوم ${weekday} ${nth(['الأول', 'الثاني', 'الثالث', 'الرابع', 'الأخير'], index)} الساعة ${time}`,
  span: (from, to, count) => `من ${from} حتى ${to} (عدد المواعيد: ${count})`,
  elsewhere: 'في وقت آخر',
  at: (date, time) => `${date} الساعة ${time}`,
  more: (count) => `ومواعيد أخرى: ${count}`,
  comma: '، ',
  semicolon: '؛ ',
}
const monthsAr = (months: number): string => (months === 1 ? 'كل شهر' : months === 2 ? 'كل شهرين' : `كل ${months} ${months <= 10 ? 'أشهر' : 'شهرًا'}`)

const ru: SeriesWords = {
  subject: { series_changed: 'Ваши визиты изменены', series_cancelled: 'Ваши визиты отменены' },
  everyWeeks: (weeks, weekday, time) => `${weeks === 1 ? 'каждую неделю' : `раз в ${weeks} ${oneFewMany(weeks, 'неделю', 'недели', 'недель')}`}, ${weekday} в ${time}`,
  everyMonthsByDate: (months, day, time) => `${monthsRu(months)}, ${day}-го числа в ${time}`,
  everyMonthsByWeekday: (months, index, weekday, time) => `${monthsRu(months)}, ${weekday} (${index >= 5 ? 'последняя неделя месяца' : `${index}-я неделя месяца`}) в ${time}`,
  span: (from, to, count) => `с ${from} по ${to} (визитов: ${count})`,
  elsewhere: 'в другое время',
  at: (date, time) => `${date} в ${time}`,
  more: (count) => `и ещё ${count}`,
  comma: ', ',
  semicolon: '; ',
}
const monthsRu = (months: number): string => (months === 1 ? 'каждый месяц' : `раз в ${months} ${oneFewMany(months, 'месяц', 'месяца', 'месяцев')}`)
const oneFewMany = (n: number, one: string, few: string, many: string): string => ({ one, few, many })[new Intl.PluralRules('ru').select(n) as 'one' | 'few' | 'many'] // whole numbers have no other form in Russian

export const seriesWords: Record<Language, SeriesWords> = { he, en, ar, ru }
