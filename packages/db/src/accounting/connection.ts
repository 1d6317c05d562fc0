import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { AccountingConnectionTable } from './table.ts'

export type AccountingConnectionRow = Selectable<AccountingConnectionTable>

const ofClinic = sql<string>`current_clinic()`

/** The clinic's connection that is not off. */
export const findAccounting = (db: Db): Promise<AccountingConnectionRow | undefined> => db.selectFrom('accounting_connection').selectAll().where('clinic_id', '=', ofClinic).where('state', '<>', 'off').executeTakeFirst()

/** The same, held until the transaction ends. */
export const lockAccounting = (tx: Tx): Promise<AccountingConnectionRow | undefined> => tx.selectFrom('accounting_connection').selectAll().where('clinic_id', '=', ofClinic).where('state', '<>', 'off').forUpdate().executeTakeFirst()

/** Whoever connects, one after the other in a clinic. */
export async function lockConnecting(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('accounting service ' || current_clinic()::text, 0))`.execute(tx)
}

export async function insertAccounting(tx: Tx, row: Insertable<AccountingConnectionTable>): Promise<void> {
  await tx.insertInto('accounting_connection').values(row).execute()
}

/** The caller holds its lock. */
export async function saveAccounting(tx: Tx, id: string, changes: Updateable<AccountingConnectionTable>): Promise<void> {
  await tx.updateTable('accounting_connection').set(changes).where('clinic_id', '=', ofClinic).where('id', '=', id).execute()
}

/** Connections of all clinics that are to be looked at, by nobody now. @param machineNow the machine's clock. */
export async function findTests(db: Db, machineNow: Instant): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`select clinic_id as "clinicId", id from accounting_connection
    where state = 'testing' and test_at <= ${machineNow} and (test_lease_until is null or test_lease_until <= ${machineNow}) order by test_at, id`.execute(db)
  return rows
}

/** Connections of all clinics whose ledger is to be read back, by nobody now. @param machineNow the machine's clock. */
export async function findReadings(db: Db, machineNow: Instant): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`select clinic_id as "clinicId", id from accounting_connection
    where state = 'connected' and read_next_at <= ${machineNow} and (read_lease_until is null or read_lease_until <= ${machineNow}) order by read_next_at, id`.execute(db)
  return rows
}

/** Clinics that are connected and have issued documents nobody has looked at. Transaction invoices (300) move nothing. */
export async function findUnqueued(db: Db): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`select c.clinic_id as "clinicId", c.id from accounting_connection c where c.state = 'connected'
    and exists (select from document_counter d where d.clinic_id = c.clinic_id and d.kind <> '300' and d.last_number > coalesce((c.queued->>d.kind)::bigint, 0)) order by c.id`.execute(db)
  return rows
}
