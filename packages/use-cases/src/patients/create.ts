import { v7 as uuid } from 'uuid'
import { insertConsent } from '@yoman/db/consents/queries'
import type { Sealer } from '@yoman/db/keys/vault'
import { findPatient, patientIdByIdentifier, patientsWithPhone, phonesOf } from '@yoman/db/patients/queries'
import { indexPatient, insertPatient, replacePhones } from '@yoman/db/patients/save'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { blankPatient, changedFields, type PatientDetails, type TypedDetails, withChanges } from '@yoman/domain/patients/details'
import { indexedAs, sameName } from '@yoman/domain/patients/search-terms'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { detailsOf } from './change.ts'
import { identifierIndex, patientColumns } from './sealed.ts'
import { type PatientView, namesView, patientView } from './view.ts'

export interface NewPatient extends TypedDetails {
  id: string
  givenName: string
  agreesToMessages?: boolean
  evenIfKnown?: boolean
}

/**
 * Registers a patient; a repeated request finds its own row and answers the same. Throws what `withChanges` throws,
 * `patient_known` (with `patientId`) where somebody of that name has that phone, `national_id_taken`, `id_taken`.
 */
export async function createPatient(ctx: Context, { id, agreesToMessages, evenIfKnown, ...typed }: NewPatient): Promise<PatientView> {
  allow(ctx.actor, 'patient.write')
  if (typed.alerts !== undefined) allow(ctx.actor, 'note.write')
  // Birth dates are days of the calendar at home: the clinic's own zone decides only whether "today" is yet to come.
  const details = withChanges(blankPatient, typed, dateIn('Asia/Jerusalem', ctx.now))
  return transact(ctx, async (tx) => {
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const mine = await findPatient(tx, id)
    if (mine) {
      const phones = await phonesOf(tx, id)
      // Other details under the same id are no repetition, and must not be lost in silence. Where it was edited since, the name has to do.
      const other = mine.version === 1 ? changedFields(detailsOf(sealer, mine, phones), details).length > 0 : !sameName(details, namesView(mine))
      if (other) throw new Refusal('id_taken')
      return patientView(ctx, sealer, mine, phones)
    }
    await refuseKnown(tx, ctx, details, evenIfKnown ?? false)
    await savePatient(tx, ctx, sealer, id, details)
    if (agreesToMessages) await recordAgreement(tx, ctx, id)
    await recordEvents(tx, ctx, [{ name: 'patient.created', subject: { type: 'patient', id }, patientId: id }])
    const row = await findPatient(tx, id)
    if (!row) throw new NotFound('patient')
    return patientView(ctx, sealer, row, await phonesOf(tx, id))
  })
}

async function refuseKnown(tx: Tx, ctx: Context, details: PatientDetails, evenIfKnown: boolean): Promise<void> {
  if (details.identifier) {
    const owner = await patientIdByIdentifier(tx, identifierIndex(ctx.vault, ctx.clinicId, details.identifier))
    if (owner) throw new Refusal('national_id_taken', { patientId: owner.id })
  }
  if (evenIfKnown || details.phones.length === 0) return
  const family = await patientsWithPhone(tx, details.phones.map(({ number }) => number))
  const known = family.find((row) => sameName(details, namesView(row)))
  if (known) throw new Refusal('patient_known', { patientId: known.id })
}

async function savePatient(tx: Tx, ctx: Context, sealer: Sealer, id: string, details: PatientDetails): Promise<void> {
  const columns = patientColumns(ctx.vault, sealer, ctx.clinicId, id, details)
  await Promise.all([
    insertPatient(tx, { clinic_id: ctx.clinicId, id, ...columns, created_at: ctx.now }),
    replacePhones(tx, ctx.clinicId, id, details.phones.map((phone) => ({ id: uuid(), ...phone }))),
    indexPatient(tx, id, indexedAs(details)),
  ])
}

const recordAgreement = (tx: Tx, ctx: Context, patientId: string) =>
  insertConsent(tx, {
    clinic_id: ctx.clinicId,
    id: uuid(),
    patient_id: patientId,
    channel: 'sms',
    purpose: 'service',
    state: 'given',
    source: 'desk',
    evidence: '',
    recorded_at: ctx.now,
    recorded_by: ctx.actor.staffId,
  })
