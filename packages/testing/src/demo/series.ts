import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import { type Instant, addMinutes, instant, isAfter, minutesBetween } from '@yoman/domain/time'
import { type Context, systemContext } from '@yoman/use-cases/context'
import { bookSeries } from '@yoman/use-cases/series/book'
import { changeSeries } from '@yoman/use-cases/series/change'
import { previewSeries } from '@yoman/use-cases/series/preview'
import { previewChange } from '@yoman/use-cases/series/preview-change'
import type { SeriesView } from '@yoman/use-cases/series/read'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Random } from './random.ts'

const rule = { unit: 'week', every: 2 } as const
const count = 6

/** A patient of a hygienist who comes every second week, as the desk booked it yesterday; one of the visits was moved by hand since. */
export async function placeSeries(random: Random, { pool, vault }: { pool: Pool; vault: Vault }, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): Promise<void> {
  const first = visits.find(({ status, branchId, practitioner, start }) => status === 'booked' && branchId === clinic.branches[0]?.id && practitioner.profession === 'hygienist' && isAfter(start, now.add({ hours: 20 })))
  if (!first) return
  const ctx: Context = { ...systemContext({ pool, vault }, clinic.clinicId, now.subtract({ hours: 20 })), actor: { kind: 'staff', staffId: clinic.receptionistId, roles: ['receptionist'], branchIds: [] } }
  const { occurrences } = await previewSeries(ctx, { appointmentId: first.id, rule, ending: { count } })
  const chosen = occurrences.flatMap((one) => {
    const place = one.state === 'free' ? one : one.alternatives[0]
    return place ? [{ id: random.id(), startsAt: place.startsAt, practitionerId: place.practitionerId }] : []
  })
  if (chosen.length < 3) return // too full a month to show anything
  await moveOne(random, { ...ctx, now }, await bookSeries(ctx, { id: random.id(), appointmentId: first.id, rule, visits: chosen }))
}

/** The third visit, to the first free hour later on its day. */
async function moveOne(random: Random, ctx: Context, series: SeriesView): Promise<void> {
  const visit = series.visits[2]
  if (!visit) return
  const durationMinutes = minutesBetween(instant(visit.startsAt), instant(visit.endsAt))
  for (const later of [60, 120, 180, -60, -120]) {
    const startsAt = addMinutes(instant(visit.startsAt), later).toString()
    const { occurrences } = await previewChange(ctx, series.id, { appointmentId: visit.appointmentId, scope: 'one', startsAt })
    if (occurrences[0]?.state !== 'free') continue
    await changeSeries(ctx, series.id, { id: random.id(), version: series.version, scope: 'one', visits: [{ appointmentId: visit.appointmentId, startsAt, practitionerId: visit.practitionerId, durationMinutes }] })
    return
  }
}
