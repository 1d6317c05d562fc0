import { sql } from 'kysely'
import type { CertificateFacts } from '@yoman/domain/invoices/signing'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export interface KeptCertificate extends CertificateFacts {
  setBy: { name: string; nameEn: string }
  setAt: Instant
  version: number
}

/** What the clinic signs with says of itself. */
export const findCertificate = (db: Db): Promise<KeptCertificate | undefined> =>
  db.selectFrom('signing_certificate as c').innerJoin('staff as s', (on) => on.onRef('s.clinic_id', '=', 'c.clinic_id').onRef('s.id', '=', 'c.set_by'))
    .select(['c.subject', 'c.issuer', 'c.serial', 'c.fingerprint', 'c.valid_from as validFrom', 'c.valid_to as validTo', 'c.set_at as setAt', 'c.version', sql<KeptCertificate['setBy']>`json_build_object('name', s.name, 'nameEn', s.name_en)`.as('setBy')])
    .where('c.clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()

/** The sealed key with what decides whether it signs. */
export const findSealedIdentity = (db: Db) =>
  db.selectFrom('signing_certificate').select(['identity_sealed as sealed', 'subject', 'valid_from as validFrom', 'valid_to as validTo']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()

interface NewCertificate extends CertificateFacts {
  clinicId: string
  sealed: Buffer
  setBy: string
  setAt: Instant
}

/** Writes in the place of `version`, 0 where there is none. @returns whether nobody was faster. */
export async function saveCertificate(tx: Tx, { clinicId, sealed, setBy, setAt, validFrom, validTo, ...facts }: NewCertificate, version: number): Promise<boolean> {
  const row = { ...facts, identity_sealed: sealed, valid_from: validFrom, valid_to: validTo, set_by: setBy, set_at: setAt, version: version + 1 }
  if (version === 0) {
    const { numInsertedOrUpdatedRows } = await tx.insertInto('signing_certificate').values({ clinic_id: clinicId, ...row }).onConflict((on) => on.column('clinic_id').doNothing()).executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await tx.updateTable('signing_certificate').set(row).where('clinic_id', '=', clinicId).where('version', '=', version).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** @returns whether there was one. */
export async function deleteCertificate(tx: Tx): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('signing_certificate').where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return numDeletedRows === 1n
}
