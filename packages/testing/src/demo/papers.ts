import { type Instant, isBefore, minutesBetween } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { makeRandom } from './random.ts'

/** Extractions are paid by the health funds: most forms 17 are here on the day, fewer of the next days. A chance of its own, so that the rest of the demo stays as it was. */
export function makePapers(rows: Rows, { clinicId, receptionistId }: DemoClinic, visits: DemoVisit[], now: Instant): void {
  const random = makeRandom(20_261_124)
  for (const { id, type, start, status } of visits) {
    if (type.paper === 'none' || status === 'cancelled' || status === 'no_show') continue
    const isOver = isBefore(start, now)
    if (!random.chance(isOver ? 0.97 : minutesBetween(now, start) < 3 * 24 * 60 ? 0.5 : 0.15)) continue
    rows.add('visit_paper', { clinic_id: clinicId, appointment_id: id, kind: type.paper, received_at: (isOver ? start : now.subtract({ hours: random.int(1, 60) })).toString(), received_by: receptionistId })
  }
}
