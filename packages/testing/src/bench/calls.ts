import { v7 as uuid } from 'uuid'
import { atWallTime, type Instant, plainTime } from '@yoman/domain/time'
import { makeRandom } from '../demo/random.ts'
import type { Call } from './load.ts'
import type { BenchClinic } from './seed.ts'

export type Calls = readonly (readonly [operation: string, count: number, next: () => Call])[]

const typed = ['כה', 'לו', 'מז', 'פרצ', 'ביט', 'דהנ', 'פרי', 'אזו', 'מל', 'יוס', 'נוע', 'תמר', 'מאי', 'אב', 'יעל', 'שיר'] as const

/** The four operations of a reception, each call with other values. Bookings never meet: the race has a test of its own. */
export function makeCalls(clinic: BenchClinic, now: Instant): Calls {
  const random = makeRandom(11)
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  const { branchId, visitTypeId, practitionerIds, patientIds } = clinic
  let booked = 0
  const book = (): Call => {
    // Beyond the 60 full days ahead: 20 half hours a day for each practitioner, Saturdays left out.
    const n = booked++
    const date = today.add({ days: 61 + Math.floor(n / (practitionerIds.length * 20)) * 7 + (7 - today.dayOfWeek) })
    const startsAt = atWallTime('Asia/Jerusalem', date, plainTime('08:00').add({ minutes: 30 * (n % 20) })).toString()
    const practitionerId = practitionerIds[Math.floor(n / 20) % practitionerIds.length] ?? ''
    return { method: 'POST', path: '/api/appointments', body: { id: uuid(), branchId, practitionerId, visitTypeId, patientId: patientIds[random.int(0, patientIds.length - 1)], startsAt, durationMinutes: 30 } }
  }
  return [
    ['booking', 400, book],
    ['day of 12 practitioners', 300, () => ({ method: 'GET', path: `/api/diary?branchId=${branchId}&date=${today.subtract({ days: random.int(1, 300) })}` })],
    ['type-ahead', 600, () => ({ method: 'POST', path: '/api/patient-searches', body: { text: random.pick(typed) } })],
    ['free slots, 12 x 30 days', 150, () => ({ method: 'POST', path: '/api/slot-searches', body: { branchId, visitTypeId, fromDate: today.add({ days: random.int(1, 25) }).toString(), days: 30, limit: 500 } })],
  ]
}
