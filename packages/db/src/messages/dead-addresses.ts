import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { Channel } from './visit-facts.ts'

export interface DeadAddress {
  channel: Channel
  address: string
  code: string
  markedAt: Instant
  /** Whose it is; one of them where a family shares it. */
  patient: { id: string; givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string }
}

/** Keeps that the networks refuse an address. @returns whether it is news. */
export async function insertDeadAddress(tx: Tx, clinicId: string, dead: { channel: Channel; address: string; code: string; at: Instant }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('dead_address')
    .values({ clinic_id: clinicId, channel: dead.channel, address: addressKey(dead.address), code: dead.code.slice(0, 40), marked_at: dead.at })
    .onConflict((on) => on.columns(['clinic_id', 'channel', 'address']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** @returns whether it was marked. */
export async function deleteDeadAddress(tx: Tx, channel: Channel, address: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('dead_address').where('clinic_id', '=', sql<string>`current_clinic()`).where('channel', '=', channel).where('address', '=', addressKey(address)).executeTakeFirst()
  return numDeletedRows === 1n
}

/** Those that some patient still has, newest first, at most 200: whose number was changed asks for nothing any more. `patientId` narrows it to one. */
export async function listDeadAddresses(db: Db, patientId: string | null): Promise<DeadAddress[]> {
  const { rows } = await sql<DeadAddress>`
    select d.channel, d.address, d.code, d.marked_at as "markedAt", json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name,
      'givenNameLatin', p.given_name_latin, 'familyNameLatin', p.family_name_latin) as patient
    from dead_address d join lateral (select o.* from patient o where o.clinic_id = d.clinic_id and o.merged_into is null and (${patientId}::uuid is null or o.id = ${patientId}::uuid)
        and ${hasAddress('d')}
      order by o.id limit 1) p on true
    where d.clinic_id = current_clinic() order by d.marked_at desc, d.address limit 200`.execute(db)
  return rows
}

/** Whether a patient `o` has the address of a row that keeps its channel and address. */
export const hasAddress = (row: 'd' | 'k') => sql`(case ${sql.ref(`${row}.channel`)} when 'email' then lower(o.email) = ${sql.ref(`${row}.address`)}
  else exists (select from patient_phone n where n.clinic_id = o.clinic_id and n.patient_id = o.id and n.number = ${sql.ref(`${row}.address`)}) end)`

/** As the table keeps it. */
export const addressKey = (address: string): string => address.toLowerCase()
