import { instant } from '@yoman/domain/time'
import { describe, expect, it } from 'vitest'
import { smsLength } from '../sms-length.ts'
import type { Language } from '../texts/text.ts'
import { type SeriesMessage, composeSeriesMessage } from './compose.ts'

const languages: Language[] = ['he', 'en', 'ar', 'ru']
const weeks = (count: number, from = '2026-11-24T08:00:00Z') => Array.from({ length: count }, (_, index) => instant(from).add({ hours: 168 * index }))
const message = (over: Partial<SeriesMessage> = {}): SeriesMessage => ({
  kind: 'series_changed', language: 'he', own: null, patientFirstName: 'נועה', clinicName: 'מרפאת השיניים כהן', branchName: 'סניף דיזנגוף', practitionerNames: ['ד״ר מיכל לוי'], phone: '+97236123456',
  rule: { unit: 'week', every: 1, monthBy: null }, starts: weeks(6), zone: 'Asia/Jerusalem', ...over,
})

describe('a message about a series', () => {
  it('names the pattern, from when to when and how many', () => {
    expect(composeSeriesMessage(message()).body).toBe('מרפאת השיניים כהן: שלום נועה, התורים שלך עודכנו: כל שבוע ביום שלישי בשעה 10:00, מ־24.11 עד 29.12 (6 תורים)\nד״ר מיכל לוי\nטלפון \u200e03-612-3456')
    expect(composeSeriesMessage(message({ language: 'en', rule: { unit: 'week', every: 2, monthBy: null }, starts: [0, 14, 28].map((days) => instant('2026-11-24T08:00:00Z').add({ hours: 24 * days })) })).body).toContain('every 2 weeks, Tuesday at 10:00, from 24 Nov to 22 Dec (3 visits)')
    expect(composeSeriesMessage(message({ language: 'en', rule: { unit: 'month', every: 1, monthBy: 'weekday' }, starts: ['2026-12-08T08:00:00Z', '2027-01-12T08:00:00Z', '2027-02-09T08:00:00Z'].map(instant) })).body).toContain('every month on the second Tuesday at 10:00')
  })

  it('names what lies elsewhere, and the dates alone where there is no pattern', () => {
    const [a, b, , ...more] = weeks(5)
    if (!a || !b) throw new Error('five weeks are more than two')
    expect(composeSeriesMessage(message({ starts: [a, b, instant('2026-12-09T07:30:00Z'), ...more] })).body).toContain('(5 תורים); במועד אחר: יום ד׳, 9.12 בשעה 09:30')
    expect(composeSeriesMessage(message({ starts: weeks(2) })).body).toContain('עודכנו: יום ג׳, 24.11 בשעה 10:00; יום ג׳, 1.12 בשעה 10:00\n')
    const scattered = weeks(8).map((at, index) => at.add({ hours: index * 25 }))
    expect(composeSeriesMessage(message({ language: 'en', starts: scattered })).body).toMatch(/; and 2 more\n/)
  })

  it('is whole in every language, for every rule, and costs no more than a letter of five parts', () => {
    const rules = [{ unit: 'week', every: 1, monthBy: null }, { unit: 'week', every: 3, monthBy: null }, { unit: 'month', every: 1, monthBy: 'date' }, { unit: 'month', every: 6, monthBy: 'weekday' }] as const
    for (const language of languages) for (const rule of rules) for (const kind of ['series_changed', 'series_cancelled'] as const) for (const starts of [weeks(6), weeks(2), weeks(9).map((at, index) => at.add({ hours: index * 25 }))]) {
      const { body } = composeSeriesMessage(message({ language, rule, kind, starts }))
      expect(body).not.toMatch(/[{}]|undefined/)
      expect(body).toContain('מרפאת השיניים כהן')
      expect(smsLength(body).parts, body).toBeLessThanOrEqual(5)
      expect(body).not.toMatch(/\b(CANCEL|STOP|END|QUIT)\b/)
    }
  })
})
