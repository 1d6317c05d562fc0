import { loadSituation } from '@yoman/db/availability/situation'
import type { Db } from '@yoman/db/database'
import { listEntries } from '@yoman/db/waitlist/entries'
import { dismissPlace, listFreePlaces, type PlaceRow } from '@yoman/db/waitlist/places'
import { sendingHoursOf } from '@yoman/db/waitlist/setting'
import { findWaiting, placeKey, type WaitingRow } from '@yoman/db/waitlist/waiting'
import { allow, allowIn } from '@yoman/domain/access'
import type { Situation } from '@yoman/domain/appointments/situation'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import { addMinutes, type Instant } from '@yoman/domain/time'
import { cannotText } from '@yoman/domain/waitlist/offer'
import { type FreedPlace, type Waiting, wants, whoFits } from '@yoman/domain/waitlist/who-fits'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { entryView } from './read.ts'

/** One who waits, as the rule and the one who asks them want to know them. */
export interface Candidate extends Waiting {
  row: WaitingRow
  noSms: 'no_consent' | 'nothing_to_send_to' | 'offer_outside_sending_hours' | null
}

/** Who could take a place, in the order in which they should be asked; whoever has an open offer already is left alone. Throws `reference_unknown`. */
export async function matchesOf(ctx: Context, place: FreedPlace) {
  allow(ctx.actor, 'waitlist.read')
  return read(ctx, async (db) => {
    const found = (await fittingIn(db, ctx, place)).filter(({ entry }) => !entry.row.offered)
    const entries = await listEntries(db, { ids: found.map(({ entry }) => entry.id), limit: found.length, now: ctx.now })
    const viewOf = new Map(entries.map((row) => [row.id, entryView(row)]))
    const key = placeKey(place.practitionerId, place.startsAt)
    return found.flatMap(({ entry, minutes }) => {
      const view = viewOf.get(entry.id)
      return view ? [{ entry: view, minutes, noSms: entry.noSms, askedBefore: entry.row.asked.includes(key) }] : []
    })
  })
}

/** The same inside a transaction that somebody else opened, with those who have an open offer. @param holdId a hold of this very place. */
export async function fittingIn(db: Db, ctx: Context, place: FreedPlace, holdId: string | null = null) {
  const { candidates, situations } = await gather(db, ctx, [place])
  return whoFits(place, candidates, situations, ctx.now, holdId)
}

const mostPlaces = 30

/** Places that came free in a branch and that somebody could take, with how many. */
export async function freePlaces(ctx: Context, branchId: string) {
  allow(ctx.actor, 'waitlist.read')
  return read(ctx, async (db) => {
    const places = (await listFreePlaces(db, branchId, ctx.now, mostPlaces)).map((row) => ({ row, place: placeOf(row) }))
    if (places.length === 0) return []
    const { candidates, situations } = await gather(db, ctx, places.map(({ place }) => place))
    const free = candidates.filter(({ row }) => !row.offered)
    return places.map(({ row, place }) => ({ row, fitting: whoFits(place, free, situations, ctx.now).length })).filter(({ fitting }) => fitting > 0)
  })
}

/** The desk leaves it empty. Throws `NotFound`. */
export async function dismissFreePlace(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'waitlist.write')
  await transact(ctx, async (tx) => {
    const place = await dismissPlace(tx, id, ctx.now)
    if (!place) throw new NotFound('place')
    allowIn(ctx.actor, 'waitlist.write', place.branch_id)
    await recordEvents(tx, ctx, [{ name: 'waitlist.freed', subject: { type: 'waitlist_place', id }, branchId: place.branch_id, details: { dismissed: true } }])
  })
}

const placeOf = (row: PlaceRow): FreedPlace => ({ branchId: row.branch_id, practitionerId: row.practitioner_id, startsAt: row.starts_at })

// The longest visit and buffer on both sides: nothing further away can be in the way.
const around = 24 * 60

async function gather(db: Db, ctx: Context, places: readonly FreedPlace[]): Promise<{ candidates: Candidate[]; situations: Map<string, Situation> }> {
  const branchId = places[0]?.branchId ?? ''
  const hours = await sendingHoursOf(db, branchId)
  if (!hours) throw new Refusal('reference_unknown')
  const starts = places.map(({ startsAt }) => startsAt.epochMilliseconds).sort((a, b) => a - b)
  const span = { from: addMinutes(momentOf(places, starts[0]), -around), to: addMinutes(momentOf(places, starts.at(-1)), around) }
  const candidates = (await findWaiting(db, { branchId, ...span, now: ctx.now })).map((row) => candidateOf(row, hours, ctx.now))
  // Only the kinds of visits that somebody wishes at one of these places are worth a look at the diary.
  const kinds = new Set(candidates.filter((one) => places.some((place) => wants(one, place, hours.zone))).map(({ visitTypeId }) => visitTypeId))
  const resourceIds = [...new Set(places.map(({ practitionerId }) => practitionerId))]
  const loaded = await Promise.all([...kinds].map((visitTypeId) => loadSituation(db, { clinicId: ctx.clinicId, branchId, visitTypeId, resourceIds, anyPractitioner: false, ...span })))
  return { candidates, situations: new Map(loaded.flatMap((one) => (one ? [[one.situation.visitType.id, one.situation] as const] : []))) }
}

function momentOf(places: readonly FreedPlace[], ms: number | undefined): Instant {
  const found = places.find(({ startsAt }) => startsAt.epochMilliseconds === ms)
  if (!found) throw new RangeError('at least one place is needed')
  return found.startsAt
}

const candidateOf = (row: WaitingRow, hours: SendingHours, now: Instant): Candidate => ({
  id: row.id,
  visitTypeId: row.visit_type_id,
  durationMinutes: row.duration_minutes,
  practitionerIds: row.practitionerIds,
  weekdays: row.weekdays,
  parts: row.parts,
  until: row.until_date,
  urgency: row.urgency,
  waitingSince: row.waiting_since,
  visit: row.visit,
  elsewhere: row.elsewhere,
  row,
  noSms: cannotText({ address: row.phones.find(isMobile) ?? null, refused: row.refused }, hours, now),
})
