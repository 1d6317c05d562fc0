import type { Db } from '@yoman/db/database'
import type { InTheWay } from '@yoman/db/series/queries'
import { addMinutes, instantFromMs } from '@yoman/domain/time'
import { type Looked, clashesOf } from './look.ts'

export type OccurrenceView = ReturnType<typeof occurrenceView>

/** What was looked at, as it goes out. `booked` says whether the wishes are of visits that stand already. */
export async function occurrencesView(db: Db, looked: readonly Looked[], booked: boolean): Promise<OccurrenceView[]> {
  const clashes = await clashesOf(db, looked)
  return looked.map((one) => occurrenceView(one, clashes, booked))
}

function occurrenceView({ wish, verdict, alternatives }: Looked, clashes: ReadonlyMap<string, InTheWay>, booked: boolean) {
  const { minutes } = wish
  return {
    position: wish.position,
    appointmentId: booked ? wish.like.id : null,
    visitTypeId: wish.like.visitTypeId,
    startsAt: wish.startsAt.toString(),
    endsAt: addMinutes(wish.startsAt, minutes).toString(),
    practitionerId: wish.practitionerId,
    placeId: verdict.arranged?.resourceIds[1] ?? null,
    state: verdict.state,
    holiday: verdict.holiday,
    clash: verdict.clash && clashView(verdict.clash, clashes),
    anyway: verdict.anyway,
    alternatives: alternatives.map((slot) => ({ kind: slot.kind, ...slotView(slot, minutes) })),
  }
}

export const slotView = ({ start, practitionerId, placeId }: { start: number; practitionerId: string; placeId: string | null }, minutes: number) => ({
  startsAt: instantFromMs(start * 60_000).toString(),
  endsAt: instantFromMs((start + minutes) * 60_000).toString(),
  practitionerId,
  placeId,
})

function clashView({ resourceId, appointmentIds }: { resourceId: string; appointmentIds: readonly string[] }, clashes: ReadonlyMap<string, InTheWay>) {
  const row = appointmentIds.map((id) => clashes.get(id)).find((one) => one !== undefined)
  if (!row) return null
  const whole = (given: string | null, family: string | null): string => `${given ?? ''} ${family ?? ''}`.trim()
  const patient = row.patient_id === null ? null : { id: row.patient_id, name: whole(row.given_name, row.family_name), nameLatin: whole(row.given_name_latin, row.family_name_latin) }
  return { resourceId, startsAt: row.starts_at.toString(), endsAt: row.ends_at.toString(), patient }
}
