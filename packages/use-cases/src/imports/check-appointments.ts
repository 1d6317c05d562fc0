import { v7 as uuid } from 'uuid'
import { loadSituation } from '@yoman/db/availability/situation'
import type { Db } from '@yoman/db/database'
import { loadDirectory, visitsAhead } from '@yoman/db/imports/directory'
import { type ImportJobRow, rowsAfter, updateJob, type VerdictRow, writeVerdicts } from '@yoman/db/imports/queries'
import { book } from '@yoman/domain/appointments/book'
import type { Busy, Situation } from '@yoman/domain/appointments/situation'
import { type AppointmentRow, type Directory, readAppointmentRow, type WantedVisit } from '@yoman/domain/imports/appointment-row'
import { personKeys } from '@yoman/domain/imports/known'
import { Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { knownPatients, type Person } from './known-patients.ts'
import { mappingOf, openCells } from './view.ts'

const atOnce = 500

/** The dry run of an appointments' file: each visit is booked in memory, by the diary's own rule, among those that stand and those before it in the file. */
export async function checkAppointments(ctx: Context, job: ImportJobRow): Promise<void> {
  const diary = await read(ctx, (db) => openDiary(ctx, db))
  for (let after = 0; ; ) {
    const checked = await transact(ctx, async (tx) => {
      const rows = await readRows(ctx, tx, job, { after, directory: diary.directory })
      const verdicts: VerdictRow[] = []
      for (const row of rows) verdicts.push(await verdictOf(ctx, tx, diary, row))
      await writeVerdicts(tx, job.id, verdicts)
      return rows.at(-1)?.number ?? null
    })
    if (checked === null) return
    after = checked
    await transact(ctx, (tx) => updateJob(tx, job.id, { checked_rows: checked }))
  }
}

export interface ReadRow extends AppointmentRow {
  number: number
  subject: string | null
  patientId: string | null
}

/** The next rows of a file, each with the patient it means. */
export async function readRows(ctx: Context, db: Db, job: ImportJobRow, { after, directory, verdict }: { after: number; directory: Directory; verdict?: 'new' }): Promise<ReadRow[]> {
  const [sealer, rows] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), rowsAfter(db, job.id, { after, verdict, limit: atOnce })])
  const today = dateIn('Asia/Jerusalem', ctx.now)
  const given = rows.map((row) => ({ row, ...readAppointmentRow(openCells(sealer, row), mappingOf(job), directory, today) }))
  const known = await knownPatients(ctx, db, given.flatMap(({ visit }) => (visit ? [personOf(visit)] : [])))
  return given.map(({ row, visit, problems }) => {
    const keys = visit ? personKeys(personOf(visit)) : []
    const patientId = keys.map((key) => known.get(key)).find((id) => id != null) ?? null
    const unknown = keys.some((key) => known.has(key)) ? 'patient_ambiguous' : 'patient_unknown'
    return { number: row.row_number, subject: row.subject_id, visit, patientId, problems: visit && !patientId ? [{ column: null, code: unknown }] : problems }
  })
}

const personOf = ({ nationalId, phones, givenName, familyName }: WantedVisit): Person => ({
  identifier: nationalId ? { kind: 'national_id', country: null, value: nationalId } : null,
  phones: phones.map((number) => ({ number, typed: '', label: 'mobile' })),
  givenName,
  familyName,
})

interface Diary {
  directory: Directory
  /** Visits that stand, by patient, practitioner and time. */
  standing: Map<string, string>
  /** Keys of the visits of this file so far. */
  wanted: Set<string>
  /** What the visits of this file so far would occupy. */
  taken: Busy[]
  situations: Map<string, Situation>
}

async function openDiary(ctx: Context, db: Db): Promise<Diary> {
  const [directory, visits] = await Promise.all([loadDirectory(db), visitsAhead(db, ctx.now)])
  const standing = new Map(visits.map((visit) => [keyOf(visit.patient_id ?? '', visit.practitioner_id, String(visit.starts_at)), visit.id]))
  return { directory, standing, wanted: new Set(), taken: [], situations: new Map() }
}

const keyOf = (patientId: string, practitionerId: string, startsAt: string): string => `${patientId} ${practitionerId} ${startsAt}`

async function verdictOf(ctx: Context, db: Db, diary: Diary, { number: row, visit, patientId, problems }: ReadRow): Promise<VerdictRow> {
  if (!visit || !patientId) return { row, verdict: 'error', problems, subject: null }
  const key = keyOf(patientId, visit.practitionerId, String(visit.startsAt))
  if (diary.wanted.has(key)) return { row, verdict: 'duplicate', problems: [], subject: null }
  diary.wanted.add(key)
  const standing = diary.standing.get(key)
  if (standing) return { row, verdict: 'same', problems: [], subject: standing }
  try {
    const id = uuid()
    take(diary, ctx, await situationFor(ctx, db, diary, visit), { visit, patientId, id })
    return { row, verdict: 'new', problems: [], subject: id }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { row, verdict: 'error', problems: [{ column: null, code: error.code }], subject: null }
  }
}

/** Books in memory. Throws what `book` throws. */
function take(diary: Diary, ctx: Context, situation: Situation, { visit, patientId, id }: { visit: WantedVisit; patientId: string; id: string }): void {
  const placement = { ...visit, id, patientId, durationMinutes: visit.minutes, placeId: null, alsoIds: [], outsideHours: true, instead: [], beginsAnew: true, orderId: null, orderStep: null }
  const { arranged } = book(placement, { ...situation, busy: [...situation.busy, ...diary.taken] }, ctx.actor.staffId, ctx.now)
  const [from, to] = [arranged.occupied.startsAt.epochMilliseconds / 60_000, arranged.occupied.endsAt.epochMilliseconds / 60_000]
  diary.taken.push(...arranged.resourceIds.map((resourceId) => ({ resourceId, appointmentId: id, from, to, holdExpiresMs: null, overbooked: false })))
}

const yearsAhead = 2

/** What is known of a branch and a kind of visit for as far ahead as can be booked; asked once. */
async function situationFor(ctx: Context, db: Db, diary: Diary, { branchId, visitTypeId }: WantedVisit): Promise<Situation> {
  const key = `${branchId} ${visitTypeId}`
  const to = ctx.now.add({ hours: yearsAhead * 366 * 24 })
  const resourceIds = diary.directory.practitioners.map(({ id }) => id)
  const situation = diary.situations.get(key) ?? (await loadSituation(db, { clinicId: ctx.clinicId, branchId, visitTypeId, resourceIds, anyPractitioner: false, from: ctx.now, to }))?.situation
  if (!situation) throw new Refusal('reference_unknown')
  diary.situations.set(key, situation)
  return situation
}
