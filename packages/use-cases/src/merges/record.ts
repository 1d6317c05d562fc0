import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { lockPatient, type PatientRow, phonesOf } from '@yoman/db/patients/queries'
import { indexPatient, replacePhones, unindexPatient, updatePatient } from '@yoman/db/patients/save'
import type { PatientDetails } from '@yoman/domain/patients/details'
import { indexedAs } from '@yoman/domain/patients/search-terms'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { detailsOf } from '../patients/change.ts'
import { patientColumns } from '../patients/sealed.ts'

export interface Held {
  row: PatientRow
  details: PatientDetails
}

/** Both records, held in one order whoever merges them into whom, so that two merges wait and never block each other. */
export async function holdBoth(tx: Tx, sealer: Sealer, survivorId: string, mergedId: string): Promise<{ survivor: Held; merged: Held }> {
  const held = new Map<string, Held>()
  for (const id of [survivorId, mergedId].sort()) held.set(id, await hold(tx, sealer, id))
  const [survivor, merged] = [held.get(survivorId), held.get(mergedId)]
  if (!survivor || !merged) throw new NotFound('patient')
  return { survivor, merged }
}

async function hold(tx: Tx, sealer: Sealer, id: string): Promise<Held> {
  const row = await lockPatient(tx, id)
  if (!row) throw new NotFound('patient')
  return { row, details: detailsOf(sealer, row, await phonesOf(tx, id)) }
}

/** Throws `patient_merged`, with where the record goes on. */
export function refuseMerged(row: PatientRow): void {
  if (row.merged_into) throw new Refusal('patient_merged', { patientId: row.merged_into })
}

/** Writes a record's details as they shall be. @param found whether searches find it. */
export async function writeDetails(tx: Tx, ctx: Context, sealer: Sealer, row: PatientRow, details: PatientDetails, found: boolean): Promise<void> {
  if (!(await updatePatient(tx, row.id, row.version, patientColumns(ctx.vault, sealer, ctx.clinicId, row.id, details)))) throw new Refusal('stale_version')
  await replacePhones(tx, ctx.clinicId, row.id, details.phones.map((phone) => ({ id: uuid(), ...phone })))
  await (found ? indexPatient(tx, row.id, indexedAs(details)) : unindexPatient(tx, row.id))
}
