import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readOrder, type Vocabulary } from './read-order.ts'

const vocabulary: Vocabulary = {
  types: [
    { id: 'check', names: ['בדיקה תקופתית', 'Check-up'], profession: 'doctor' },
    { id: 'first', names: ['ביקור ראשון', 'First visit'], profession: 'doctor' },
    { id: 'filling', names: ['סתימה', 'Filling'], profession: 'doctor' },
    { id: 'root', names: ['טיפול שורש', 'Root canal'], profession: 'doctor' },
    { id: 'crown', names: ['כתר', 'Crown'], profession: 'doctor' },
    { id: 'cleaning', names: ['ניקוי והסרת אבנית', 'Cleaning'], profession: 'hygienist' },
    { id: 'child', names: ['שיננית לילדים', 'Cleaning, child'], profession: 'hygienist' },
  ],
  people: [
    { id: 'levi', names: ['ד״ר מיכל לוי', 'Dr Michal Levi'] },
    { id: 'cohen', names: ['ד״ר יוסי כהן', 'Dr Yossi Cohen'] },
    { id: 'shiri', names: ['שירי אזולאי', 'Shiri Azulay'] },
  ],
  self: 'levi',
}
const read = (text: string) => readOrder(text, vocabulary)
const step = (said: object) => ({ when: null, visitTypeId: null, practitionerId: null, minutes: null, ...said })
const weeks = (from: number, to = from) => ({ unit: 'week', from, to })

test.each([
  ['שבועיים, 40 דקות, אחר כך שיננית', [step({ when: weeks(2), minutes: 40 }), step({ visitTypeId: 'cleaning' })]],
  ['כתר בעוד 2-3 שבועות אצל ד״ר כהן, שעה וחצי', [step({ when: weeks(2, 3), visitTypeId: 'crown', practitionerId: 'cohen', minutes: 90 })]],
  ['סתימה שבוע הבא חצי שעה ואז שיננית לילדים באותו יום', [step({ when: weeks(1), visitTypeId: 'filling', minutes: 30 }), step({ when: { unit: 'day', from: 0, to: 0 }, visitTypeId: 'child' })]],
  ['בדיקה עוד חצי שנה אצלי', [step({ when: { unit: 'month', from: 6, to: 6 }, visitTypeId: 'check', practitionerId: 'levi' })]],
  ['שורש מחר שעה, אח״כ כתר אחרי חודש', [step({ when: { unit: 'day', from: 1, to: 1 }, visitTypeId: 'root', minutes: 60 }), step({ when: { unit: 'month', from: 1, to: 1 }, visitTypeId: 'crown' })]],
  ['לסתימה ולשיננית', [step({ visitTypeId: 'filling' }), step({ visitTypeId: 'cleaning' })]],
  ['סתימה ב־3.5.2027 לשעה', [step({ when: { date: '2027-05-03' }, visitTypeId: 'filling', minutes: 60 })]],
  ['שבוע וחצי, רבע שעה', [step({ when: { unit: 'day', from: 11, to: 11 }, minutes: 15 })]],
  ['שנה וחצי', [step({ when: { unit: 'month', from: 18, to: 18 } })]],
  ['חודש וחצי שלושת רבעי שעה', [step({ when: weeks(6), minutes: 45 })]],
  ['crown in 2 weeks, 1.5 hours with Dr Levi, then the hygienist', [step({ when: weeks(2), visitTypeId: 'crown', practitionerId: 'levi', minutes: 90 }), step({ visitTypeId: 'cleaning' })]],
  ['root canal tomorrow for an hour and then filling after a month', [step({ when: { unit: 'day', from: 1, to: 1 }, visitTypeId: 'root', minutes: 60 }), step({ when: { unit: 'month', from: 1, to: 1 }, visitTypeId: 'filling' })]],
  ['2w 40min + cleaning same day', [step({ when: weeks(2), minutes: 40 }), step({ when: { unit: 'day', from: 0, to: 0 }, visitTypeId: 'cleaning' })]],
  ['a couple of weeks, half an hour with me', [step({ when: weeks(2), minutes: 30, practitionerId: 'levi' })]],
])('%s', (text, steps) => {
  expect(read(text)).toEqual({ steps, note: '' })
})

test('what is not understood goes to the desk as it was said', () => {
  expect(read('כתר בעוד שבועיים, עדיף בבוקר, להביא צילום')).toEqual({ steps: [step({ when: weeks(2), visitTypeId: 'crown' })], note: 'עדיף בבוקר להביא צילום' })
  expect(read('call the lab first')).toEqual({ steps: [step({})], note: 'call the lab first' })
  expect(read('')).toEqual({ steps: [step({})], note: '' })
})

test('a name that two could have names nobody', () => {
  const two = { ...vocabulary, people: [...vocabulary.people, { id: 'other', names: ['ד״ר דוד לוי'] }] }
  expect(readOrder('כתר אצל לוי', two)).toMatchObject({ steps: [step({ visitTypeId: 'crown' })], note: 'לוי' })
  expect(readOrder('כתר אצל דוד לוי', two).steps[0]?.practitionerId).toBe('other')
})

test('whatever is said, nothing breaks, no order has more than five visits, and every strange word reaches the desk', () => {
  const known = ['שבועיים', '40', 'דקות', 'אחר', 'כך', 'שיננית', 'ואז', 'then', 'in', '2-3', 'weeks', 'כתר', 'לוי', '+', 'חצי', 'שעה', 'וחצי', ',', 'a', 'קש', 'zzz']
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...known), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 }), (parts) => {
      const { steps, note } = read(parts.join(' '))
      expect(steps.length).toBeGreaterThan(0)
      expect(steps.length).toBeLessThanOrEqual(5)
      for (const strange of ['קש', 'zzz']) expect(note.split(' ').filter((word) => word === strange).length).toBe(parts.join(' ').normalize('NFKC').split(/[\s,;]+/).filter((word) => word === strange).length)
    }),
  )
})
