import { loadBookGround } from '@yoman/db/books/queries'
import { findPatient } from '@yoman/db/patients/queries'
import { cardDocuments, cardTreatments, moneyWaiting } from '@yoman/db/registers/card'
import { allow, may } from '@yoman/domain/access'
import { customerKey } from '@yoman/domain/books/book-document'
import { NotFound } from '@yoman/domain/refusal'
import { type Card, cardOf } from '@yoman/domain/registers/card'
import type { Named } from '@yoman/domain/registers/named'
import type { Context } from '../context.ts'
import { readByValues } from '../transact.ts'
import type { RegisterGround } from './whose.ts'

export interface WholeCard extends Card, Pick<RegisterGround, 'business' | 'zone'> {
  patient: Named & { id: string }
  /** Of the patient in the books. */
  key: string
}

/** The personal card of a patient; what was done in the note's own words only for who may read notes. The caller records the reading. Throws `NotFound`, `Forbidden`. */
export function readCard(ctx: Context, patientId: string): Promise<WholeCard> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    const patient = await findPatient(db, patientId)
    if (!patient) throw new NotFound('patient')
    const [{ business, zone }, treatments, documents, waiting] = [await loadBookGround(db), await cardTreatments(db, patientId), await cardDocuments(db, patientId), await moneyWaiting(db, patientId)]
    const name = { id: patient.id, givenName: patient.given_name, familyName: patient.family_name, givenNameLatin: patient.given_name_latin, familyNameLatin: patient.family_name_latin }
    return { business, zone, patient: name, key: customerKey(patient.id), ...cardOf(treatments, documents, waiting, may(ctx.actor, 'note.read')) }
  })
}
