import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { TaxAuthorityConnectionTable } from './table.ts'

export type ConnectionRow = Selectable<TaxAuthorityConnectionTable>

const ofClinic = sql<string>`current_clinic()`

export const findConnection = (db: Db): Promise<ConnectionRow | undefined> => db.selectFrom('tax_authority_connection').selectAll().where('clinic_id', '=', ofClinic).executeTakeFirst()

/** Held until the transaction ends: whoever refreshes has seen what the one before wrote. */
export const lockConnection = (tx: Tx): Promise<ConnectionRow | undefined> => tx.selectFrom('tax_authority_connection').selectAll().where('clinic_id', '=', ofClinic).forUpdate().executeTakeFirst()

/** Its row is there afterwards, and held. */
export async function openConnection(tx: Tx, row: Insertable<TaxAuthorityConnectionTable>): Promise<void> {
  await tx.insertInto('tax_authority_connection').values(row).onConflict((on) => on.column('clinic_id').doNothing()).execute()
  await lockConnection(tx)
}

/** Clinics whose consent came back and is to be exchanged, by nobody now. @param machineNow the machine's clock. */
export async function findConsents(db: Db, machineNow: Instant): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`select clinic_id as "clinicId", clinic_id as id from tax_authority_connection
    where state = 'connecting' and (refreshing_until is null or refreshing_until <= ${machineNow}) order by clinic_id`.execute(db)
  return rows
}

/** The caller holds its lock. */
export async function saveConnection(tx: Tx, changes: Updateable<TaxAuthorityConnectionTable>): Promise<void> {
  await tx.updateTable('tax_authority_connection').set(changes).where('clinic_id', '=', ofClinic).execute()
}
