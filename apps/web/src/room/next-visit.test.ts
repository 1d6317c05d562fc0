import { expect, test } from 'vitest'
import type { Encounter } from '@yoman/contract/encounters'
import type { Settings } from '@yoman/contract/settings'
import { plainDate } from '@yoman/domain/time'
import { heard, orderOf } from './next-visit.ts'

const people = [['levi', 'ד״ר מיכל לוי', 'doctor'], ['shiri', 'שירי אזולאי', 'hygienist']] as const
// Of the clinic only what can be named.
const settings = {
  visitTypes: [
    { id: 'crown', name: 'כתר', nameEn: 'Crown', profession: 'doctor', active: true },
    { id: 'cleaning', name: 'ניקוי והסרת אבנית', nameEn: 'Cleaning', profession: 'hygienist', active: true },
    { id: 'old', name: 'גשר', nameEn: 'Bridge', profession: 'doctor', active: false },
  ],
  resources: people.map(([id, name, profession]) => ({ id, name, nameEn: '', kind: 'practitioner', active: true, practitioner: { profession } })),
} as unknown as Settings
const encounter = { id: 'encounter', patientId: 'patient', branchId: 'branch', practitionerId: 'levi' } as Encounter
const today = plainDate('2026-11-22')
const orderSaid = (text: string) => orderOf(heard(text, settings, encounter, today), 'order', encounter)

test('one line becomes an order: what the doctor does is the doctor’s own, the hygienist is whoever is free', () => {
  expect(orderSaid('כתר בעוד שבועיים, 40 דקות, אחר כך שיננית, עדיף בבוקר')).toEqual({
    id: 'order', patientId: 'patient', encounterId: 'encounter', branchId: 'branch', noteToDesk: 'עדיף בבוקר',
    window: { fromDate: '2026-12-03', toDate: '2026-12-09' },
    steps: [
      { visitTypeId: 'crown', practitionerId: 'levi', durationMinutes: 40, minGapDays: 0 },
      { visitTypeId: 'cleaning', practitionerId: null, minGapDays: 0 },
    ],
  })
})

test('a gap is at least so long, or between the two that were said', () => {
  expect(orderSaid('כתר, אחר כך שיננית אחרי חודש')?.steps[1]).toMatchObject({ minGapDays: 30 })
  expect(orderSaid('כתר, אחר כך שיננית אחרי 2-4 שבועות')?.steps[1]).toMatchObject({ minGapDays: 14, maxGapDays: 28 })
})

test('a date that was said of a later visit goes along as a note', () => {
  expect(orderSaid('כתר, אחר כך שיננית 3.5.2027')?.noteToDesk).toBe('03/05/2027')
})

test('nothing is sent while a visit has no type; a type that is not offered any more has no name', () => {
  expect(orderSaid('שבועיים, 40 דקות')).toBeNull()
  expect(heard('גשר בעוד שבועיים', settings, encounter, today)).toMatchObject({ steps: [{ visitTypeId: null }], noteToDesk: 'גשר' })
})
