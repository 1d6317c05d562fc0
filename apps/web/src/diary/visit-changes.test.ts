import { beforeAll, expect, test } from 'vitest'
import { changesBetween } from './visit-changes.ts'
import { i18nPlugin } from '../i18n.ts'

const zone = 'Asia/Jerusalem'
const names = (id: string): string => ({ a: 'ד״ר לוי', b: 'ד״ר כהן' })[id] ?? ''
const seen = { startsAt: '2026-11-23T06:40:00Z', endsAt: '2026-11-23T07:20:00Z', practitionerId: 'a', status: 'booked', deskNote: '' } as const

beforeAll(() => void (i18nPlugin.global.locale.value = 'he'))

test('says nothing of a visit that is as it was seen, however its instants are written', () => {
  expect(changesBetween(seen, { ...seen, startsAt: '2026-11-23T06:40:00.000Z' }, zone, names)).toEqual([])
})

test('tells day and hour of old and new on the clinic’s wall, each isolated from the Hebrew around it', () => {
  expect(changesBetween(seen, { ...seen, startsAt: '2026-11-29T07:00:00Z', endsAt: '2026-11-29T07:40:00Z' }, zone, names)).toEqual([
    'המועד עבר מ־\u206623/11/2026 08:40\u2069 אל \u206629/11/2026 09:00\u2069.',
  ])
})

test('tells practitioner, length, status and note apart, in words', () => {
  const now = { ...seen, endsAt: '2026-11-23T07:00:00Z', practitionerId: 'b', status: 'confirmed', deskNote: 'להביא צילום' } as const
  expect(changesBetween(seen, now, zone, names)).toEqual([
    'המשך השתנה מ־40 ל־20 דקות.', 'המטפל/ת: ד״ר כהן במקום ד״ר לוי.', 'המצב השתנה: ״נקבע״ הוחלף ב״אושר״.', 'ההערה לדלפק השתנתה.',
  ])
})
