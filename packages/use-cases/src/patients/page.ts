import { currentConsents } from '@yoman/db/consents/queries'
import { survivorOf } from '@yoman/db/merges/queries'
import { findPatient, phonesOf } from '@yoman/db/patients/queries'
import { relationsOf } from '@yoman/db/patients/relations'
import { countKinds, refsBehind, refsOfVisitsAhead, type TimelineKind, timelineKinds } from '@yoman/db/patients/timeline'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { instant, isBefore } from '@yoman/domain/time'
import { consentView } from '../consents/record.ts'
import type { Context } from '../context.ts'
import { askedOf } from '../fields/asked.ts'
import { read } from '../transact.ts'
import { loadParts, openKinds } from './parts.ts'
import { relationView } from './relate.ts'
import { patientView } from './view.ts'

const newestOfEach = 50 // of each kind on the page as it opens; what is older is asked for
const visitsAhead = 100
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * The whole of a patient's page: all visits ahead, and of everything behind the newest of each kind with how many there are.
 * What the asking person's roles do not open is null: it was not even read, so it cannot leak on its way. Of a record that was merged
 * it is the page of the one it goes on in. The caller records the reading.
 */
export async function patientPage(ctx: Context, asked: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const kinds = openKinds(ctx, timelineKinds)
    const [sealer, id] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), survivorOf(db, asked)])
    if (id === undefined) throw new NotFound('patient')
    const [row, phones, relations, consents, behind, ahead, counts, own] = await Promise.all([
      findPatient(db, id),
      phonesOf(db, id),
      relationsOf(db, id),
      currentConsents(db, id),
      refsBehind(db, id, kinds, null, ctx.now, newestOfEach),
      kinds.includes('visit') ? refsOfVisitsAhead(db, id, ctx.now, visitsAhead) : [],
      countKinds(db, id, kinds),
      askedOf(ctx, db, { subject: 'patient', id }),
    ])
    if (!row) throw new NotFound('patient')
    return {
      patient: patientView(ctx, sealer, row, phones),
      relations: relations.map(relationView),
      consents: consents.map(consentView),
      ...(await loadParts(db, ctx, sealer, [...behind, ...ahead])),
      asked: own,
      counts: countsView(counts),
    }
  })
}

export interface TimelineQuery {
  before?: string | undefined
  beforeId?: string | undefined
  kind?: TimelineKind | undefined
  limit?: number | undefined
}

/** What happened before a moment, whatever it was, newest first; the caller records the reading. Throws `NotFound`. */
export async function patientTimeline(ctx: Context, asked: string, { before, beforeId = lastId, kind, limit = 60 }: TimelineQuery) {
  allow(ctx.actor, 'patient.read')
  const kinds = openKinds(ctx, kind === undefined ? timelineKinds : [kind])
  const from = before === undefined ? null : { at: instant(before), id: beforeId }
  return read(ctx, async (db) => {
    const [sealer, id] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), survivorOf(db, asked)])
    if (id === undefined) throw new NotFound('patient')
    const refs = await refsBehind(db, id, kinds, from, ctx.now, limit + 1)
    const newestFirst = refs.toSorted((a, b) => (isBefore(b.at, a.at) ? -1 : isBefore(a.at, b.at) ? 1 : a.id < b.id ? 1 : -1))
    return { patientId: id, ...(await loadParts(db, ctx, sealer, newestFirst.slice(0, limit))), more: newestFirst.length > limit }
  })
}

const countsView = (counts: ReadonlyMap<TimelineKind, number>) => ({
  visits: counts.get('visit') ?? null,
  encounters: counts.get('note') ?? null,
  messages: counts.get('message') ?? null,
  invoices: counts.get('invoice') ?? null,
  attachments: counts.get('attachment') ?? null,
  tasks: counts.get('task') ?? null,
  orders: counts.get('order') ?? null,
  waitlist: counts.get('waitlist') ?? null,
  contacts: counts.get('contact') ?? null,
})
