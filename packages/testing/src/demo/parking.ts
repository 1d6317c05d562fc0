import { type Instant, minutesBetween } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'

const daysAhead = [12, 18] as const // visits that are far enough for another time to be looked for
const hoursAgo = [20, 3] as const

/** Two visits of the first branch that wait on the parking tray for another time. */
export function makeParking(rows: Rows, { clinicId, branches, receptionistId }: DemoClinic, visits: DemoVisit[], now: Instant): void {
  const branchId = branches[0]?.id
  daysAhead.forEach((days, index) => {
    const visit = visits.find((one) => one.branchId === branchId && one.status === 'booked' && minutesBetween(now, one.start) > days * 24 * 60)
    if (!visit || branchId === undefined) return
    rows.add('appointment_parking', { clinic_id: clinicId, appointment_id: visit.id, branch_id: branchId, parked_at: now.subtract({ hours: hoursAgo[index] ?? 1 }).toString(), parked_by: receptionistId })
  })
}
