import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { PaymentProviderConnectionTable } from './table.ts'

export type ProviderConnectionRow = Selectable<PaymentProviderConnectionTable>

const ofClinic = sql<string>`current_clinic()`

export const findProviderConnection = (db: Db): Promise<ProviderConnectionRow | undefined> => db.selectFrom('payment_provider_connection').selectAll().where('clinic_id', '=', ofClinic).executeTakeFirst()

/** Held until the transaction ends. */
export const lockProviderConnection = (tx: Tx): Promise<ProviderConnectionRow | undefined> => tx.selectFrom('payment_provider_connection').selectAll().where('clinic_id', '=', ofClinic).forUpdate().executeTakeFirst()

/** The clinic neither connects nor disconnects until the transaction ends. Who holds a link too has taken that before. */
export const keepProviderConnection = (tx: Tx): Promise<ProviderConnectionRow | undefined> => tx.selectFrom('payment_provider_connection').selectAll().where('clinic_id', '=', ofClinic).forShare().executeTakeFirst()

/** Its row is there afterwards, and held. */
export async function openProviderConnection(tx: Tx, row: Insertable<PaymentProviderConnectionTable>): Promise<ProviderConnectionRow | undefined> {
  await tx.insertInto('payment_provider_connection').values(row).onConflict((on) => on.column('clinic_id').doNothing()).execute()
  return lockProviderConnection(tx)
}

/** The caller holds its lock. */
export async function saveProviderConnection(tx: Tx, changes: Updateable<PaymentProviderConnectionTable>): Promise<void> {
  await tx.updateTable('payment_provider_connection').set(changes).where('clinic_id', '=', ofClinic).execute()
}

/** For a callback, which knows the word of its address alone. */
export async function clinicOfToken(db: Db, tokenHash: Buffer): Promise<string | undefined> {
  const row = await db.selectFrom('payment_provider_connection').select('clinic_id').where('token_hash', '=', tokenHash).executeTakeFirst()
  return row?.clinic_id
}

/** Clinics whose keys are to be tried, by nobody now. @param machineNow the machine's clock. */
export async function findDueChecks(db: Db, machineNow: Instant): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`select clinic_id as "clinicId", clinic_id as id from payment_provider_connection
    where state = 'checking' and next_at <= ${machineNow} and (lease_until is null or lease_until <= ${machineNow}) order by clinic_id`.execute(db)
  return rows
}
