import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { lockPatient, type PatientPhoneRow, type PatientRow, patientIdByIdentifier, phonesOf } from '@yoman/db/patients/queries'
import { indexPatient, replacePhones, updatePatient } from '@yoman/db/patients/save'
import { allow } from '@yoman/domain/access'
import { changedFields, type PatientDetails, type TypedDetails, withChanges } from '@yoman/domain/patients/details'
import { indexedAs } from '@yoman/domain/patients/search-terms'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { settleAddressTasks } from '../tasks/dead-address.ts'
import { transact } from '../transact.ts'
import { identifierIndex, identifierPlace, patientColumns } from './sealed.ts'
import { namesView, openAlerts, type PatientView, patientView } from './view.ts'

/** Changes details on top of `version`. Throws what `withChanges` throws, `stale_version` (with `current`), `national_id_taken`, `patient_merged` (with `patientId`). */
export async function changePatient(ctx: Context, id: string, version: number, typed: TypedDetails): Promise<PatientView> {
  allow(ctx.actor, 'patient.write')
  if (typed.alerts !== undefined) allow(ctx.actor, 'note.write')
  return transact(ctx, async (tx) => {
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const [row, phones] = await Promise.all([lockPatient(tx, id), phonesOf(tx, id)])
    if (!row) throw new NotFound('patient')
    if (row.merged_into) throw new Refusal('patient_merged', { patientId: row.merged_into })
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    const before = detailsOf(sealer, row, phones)
    const after = withChanges(before, typed, dateIn('Asia/Jerusalem', ctx.now))
    const fields = changedFields(before, after)
    if (fields.length === 0) return patientView(ctx, sealer, row, phones)
    await save(tx, ctx, sealer, row, after, fields)
    await recordEvents(tx, ctx, [{ name: 'patient.changed', subject: { type: 'patient', id }, patientId: id, details: { fields, version: version + 1 } }])
    if (fields.includes('phones') || fields.includes('email')) await settleAddressTasks(tx, ctx, [id])
    const [saved, savedPhones] = await Promise.all([lockPatient(tx, id), phonesOf(tx, id)])
    if (!saved) throw new NotFound('patient')
    return patientView(ctx, sealer, saved, savedPhones)
  })
}

async function save(tx: Tx, ctx: Context, sealer: Sealer, row: PatientRow, after: PatientDetails, fields: readonly (keyof PatientDetails)[]): Promise<void> {
  if (fields.includes('identifier') && after.identifier) {
    const owner = await patientIdByIdentifier(tx, identifierIndex(ctx.vault, ctx.clinicId, after.identifier))
    if (owner && owner.id !== row.id) throw new Refusal('national_id_taken', { patientId: owner.id })
  }
  const columns = patientColumns(ctx.vault, sealer, ctx.clinicId, row.id, after)
  const newPhones = fields.includes('phones') && replacePhones(tx, ctx.clinicId, row.id, after.phones.map((phone) => ({ id: uuid(), ...phone })))
  const [saved] = await Promise.all([updatePatient(tx, row.id, row.version, columns), newPhones, indexPatient(tx, row.id, indexedAs(after))])
  if (!saved) throw new Refusal('stale_version')
}

/** A patient as the rules know them, with everything opened. */
export function detailsOf(sealer: Sealer, row: PatientRow, phones: readonly PatientPhoneRow[]): PatientDetails {
  return {
    ...namesView(row),
    identifier:
      row.identifier_kind && row.identifier_sealed
        ? { kind: row.identifier_kind, country: row.identifier_country, value: sealer.open(identifierPlace(row.id), row.identifier_sealed) }
        : null,
    birthDate: row.birth_date,
    sex: row.sex,
    phones: phones.map(({ number, typed, label }) => ({ number, typed, label })),
    email: row.email,
    address: { street: row.street, city: row.city, postalCode: row.postal_code },
    healthFund: row.health_fund,
    language: row.language,
    alerts: openAlerts(sealer, row),
    deskNote: row.desk_note,
    referralSource: row.referral_source,
    active: row.active,
  }
}
