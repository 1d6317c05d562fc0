import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { findJob, forgetReadRows, type ImportJobRow, type ImportRowRow, lockJob, rowsAfter, updateJob } from '@yoman/db/imports/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { type BulkPatient, insertPatients } from '@yoman/db/patients/bulk'
import { allow } from '@yoman/domain/access'
import { readPatientRow } from '@yoman/domain/imports/patient-row'
import type { OwnFields } from '@yoman/domain/imports/patient-row'
import type { PatientDetails } from '@yoman/domain/patients/details'
import { indexedAs } from '@yoman/domain/patients/search-terms'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { identifierIndex, identifierPlace } from '../patients/sealed.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { failJob } from './check.ts'
import { type PatientValues, ownFieldsOf, takeValues } from './own-fields.ts'
import { runAppointments } from './run-appointments.ts'
import { mappingOf, openCells, problemsOf } from './view.ts'

const atOnce = 1_000

/** The run that `beginRun` began: every new row, or none. Its progress is written beside its transaction; a failure is told in the job. */
export async function runImport(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'data.import')
  const job = await read(ctx, (db) => findJob(db, id))
  if (!job) throw new NotFound('import')
  try {
    await transact(ctx, async (tx) => {
      const done = job.kind === 'patients' ? await takePatients(tx, ctx, job) : await runAppointments(tx, ctx, job, tell(ctx, job))
      // Last, so that the progress written beside never waits for this row. Who was given up for dead and overtaken takes nothing over.
      const now = await lockJob(tx, id)
      if (now?.version !== job.version) throw new Refusal('stale_version')
      await forgetReadRows(tx, id)
      await updateJob(tx, id, { status: 'done', done_rows: done, version: job.version + 1 })
      await recordEvents(tx, ctx, [{ name: 'import.run', subject: { type: 'import', id }, details: { kind: job.kind, rows: done } }])
    })
  } catch (error) {
    await failJob(ctx, job, error)
    throw error
  }
}

/** Progress for the screen, outside the transaction that nobody can look into yet. */
const tell = (ctx: Context, job: ImportJobRow) => (done: number): Promise<unknown> => transact(ctx, (tx) => updateJob(tx, job.id, { done_rows: done }))

async function takePatients(tx: Tx, ctx: Context, job: ImportJobRow): Promise<number> {
  const [sealer, own] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), ownFieldsOf(ctx, tx, job)])
  let done = 0
  for (let after = 0; ; ) {
    const rows = await rowsAfter(tx, job.id, { after, verdict: 'new', limit: atOnce })
    const last = rows.at(-1)
    if (!last) return done
    const read = rows.map((row) => checkedRow(ctx, sealer, job, row, own))
    const patients = read.map(({ patientId, details }) => bulkPatient(ctx, sealer, patientId, details))
    await insertPatients(tx, ctx.clinicId, ctx.now, patients)
    await recordEvents(tx, ctx, patients.map(({ id }) => ({ name: 'patient.created', subject: { type: 'patient', id }, patientId: id, details: { importId: job.id } })), 'done', true)
    await takeValues(tx, ctx, sealer, own.fields, read)
    done += rows.length
    after = last.row_number
    await tell(ctx, job)(done)
  }
}

/** A row as the dry run read it; what it would not read the same way any more (a birth date of "tomorrow", an option that is no longer offered) is to be checked again. */
function checkedRow(ctx: Context, sealer: Sealer, job: ImportJobRow, row: ImportRowRow, own: OwnFields): PatientValues & { details: PatientDetails } {
  const { details, values, problems } = readPatientRow(openCells(sealer, row), mappingOf(job), dateIn('Asia/Jerusalem', ctx.now), own)
  if (!details || !row.subject_id || problems.length !== problemsOf(row).length) throw new Refusal('import_not_ready')
  return { patientId: row.subject_id, details, values }
}

const bulkPatient = (ctx: Context, sealer: Sealer, id: string, details: PatientDetails): BulkPatient => ({
  id,
  details,
  identifierSealed: details.identifier && sealer.seal(identifierPlace(id), details.identifier.value),
  identifierIndex: details.identifier && identifierIndex(ctx.vault, ctx.clinicId, details.identifier),
  phones: details.phones.map((phone) => ({ id: uuid(), ...phone })),
  searched: indexedAs(details),
})
