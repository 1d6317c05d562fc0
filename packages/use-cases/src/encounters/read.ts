import type { Db } from '@yoman/db/database'
import { type EncounterRow, encountersOf, findEncounter, notesOf, proceduresOf } from '@yoman/db/encounters/queries'
import { branchZones, practitionerOfStaff, type RoomRow, roomVisits } from '@yoman/db/encounters/room'
import type { Sealer } from '@yoman/db/keys/vault'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { dayPeriod, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { namesView, openAlerts } from '../patients/view.ts'
import { read } from '../transact.ts'
import { type EncounterView, encounterView } from './view.ts'

/** One encounter with its note. */
export async function readEncounter(ctx: Context, id: string): Promise<EncounterView> {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const row = await findEncounter(db, id)
    if (!row) throw new NotFound('encounter')
    return loadView(ctx, db, row)
  })
}

/** The encounter with all that belongs to it, inside a transaction that somebody else opened. */
export async function loadView(ctx: Context, db: Db, row: EncounterRow): Promise<EncounterView> {
  const [sealer, notes, procedures] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), notesOf(db, [row.id]), proceduresOf(db, [row.id])])
  return encounterView(sealer, row, notes, procedures)
}

/** These encounters, newest first. The caller has asked for `note.read`. */
export async function encountersById(db: Db, sealer: Sealer, ids: readonly string[]): Promise<EncounterView[]> {
  const [rows, notes, procedures] = await Promise.all([encountersOf(db, ids), notesOf(db, ids), proceduresOf(db, ids)])
  return rows.map((row) => encounterView(sealer, row, notes, procedures))
}

export interface RoomDayQuery {
  date: PlainDate
  branchId?: string | undefined
  practitionerId?: string | undefined
}

/** The visits of a day on the wall of each branch; the reader's own where the reader is a practitioner and names no other. */
export async function roomDay(ctx: Context, query: RoomDayQuery) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    const [sealer, branches, own] = await Promise.all([
      ctx.vault.sealerOf(db, ctx.clinicId),
      branchZones(db),
      ctx.actor.staffId ? practitionerOfStaff(db, ctx.actor.staffId) : undefined,
    ])
    const practitionerId = query.practitionerId ?? own?.id ?? null
    const wanted = branches.filter((branch) => !query.branchId || branch.id === query.branchId)
    const zones = [...new Set(wanted.map((branch) => branch.time_zone))]
    const days = await Promise.all(
      zones.map((zone) => {
        const branchIds = wanted.filter((branch) => branch.time_zone === zone).map((branch) => branch.id)
        return roomVisits(db, { period: dayPeriod(zone, query.date), branchIds, practitionerId })
      }),
    )
    return days.flat().map((row) => roomVisitView(sealer, row))
  })
}

const roomVisitView = (sealer: Sealer, row: RoomRow) => ({
  appointmentId: row.id,
  branchId: row.branch_id,
  practitionerId: row.practitioner_id,
  visitTypeId: row.visit_type_id,
  startsAt: row.starts_at.toString(),
  endsAt: row.ends_at.toString(),
  status: row.status,
  arrivedAt: row.arrived_at?.toString() ?? null,
  deskNote: row.desk_note,
  version: row.version,
  patient: {
    id: row.patient_id,
    ...namesView(row),
    birthDate: row.birth_date?.toString() ?? null,
    alerts: openAlerts(sealer, { id: row.patient_id, alerts_sealed: row.alerts_sealed }) || null,
  },
  firstVisit: row.first_visit,
  encounter: row.encounter_id && row.encounter_status ? { id: row.encounter_id, status: row.encounter_status } : null,
})
