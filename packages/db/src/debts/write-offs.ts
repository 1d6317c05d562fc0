import { type Insertable, sql } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { balance } from '../invoices/lists.ts'
import type { DebtWriteOffTable } from './table.ts'

const ofClinic = sql<string>`current_clinic()`

/** A debt that was given up, and what is unpaid of its document still. */
export interface WrittenOff {
  id: string
  invoiceId: string
  number: number
  issuedOn: PlainDate
  owedAgorot: number
  reason: string
  by: string
  byEn: string
  at: Instant
}

/** Debts of a patient that stand as given up, newest first. */
export async function listWrittenOff(db: Db, patientId: string): Promise<WrittenOff[]> {
  const { rows } = await sql<WrittenOff>`
    select w.id, v.id as "invoiceId", v.number, v.issued_on as "issuedOn", (${balance})::bigint as "owedAgorot", w.reason, s.name as by, s.name_en as "byEn", w.made_at as at
    from debt_write_off w join invoice v on v.clinic_id = w.clinic_id and v.id = w.invoice_id join staff s on s.clinic_id = w.clinic_id and s.id = w.made_by
    where w.clinic_id = current_clinic() and w.ended_at is null and v.patient_id = ${patientId}::uuid order by w.made_at desc, w.id`.execute(db)
  return rows
}

/** What was given up since a moment and stands, of all branches or of one. */
export async function sumWrittenOff(db: Db, since: Instant, branchId?: string): Promise<{ documents: number; totalAgorot: number }> {
  const { rows } = await sql<{ documents: number; totalAgorot: number }>`
    select count(*)::int as documents, coalesce(sum(w.amount_agorot), 0)::bigint as "totalAgorot" from debt_write_off w join invoice v on v.clinic_id = w.clinic_id and v.id = w.invoice_id
    where w.clinic_id = current_clinic() and w.ended_at is null and w.made_at >= ${since} and (${branchId ?? null}::uuid is null or v.branch_id = ${branchId ?? null}::uuid)`.execute(db)
  return rows[0] ?? { documents: 0, totalAgorot: 0 }
}

export const findWriteOff = (db: Db, id: string) => db.selectFrom('debt_write_off').select(['invoice_id', 'made_by']).where('clinic_id', '=', ofClinic).where('id', '=', id).executeTakeFirst()

export async function insertWriteOff(tx: Tx, row: Insertable<DebtWriteOffTable>): Promise<void> {
  await tx.insertInto('debt_write_off').values(row).execute()
}

/** @returns whether one stood. */
export async function endWriteOff(tx: Tx, invoiceId: string, by: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('debt_write_off').set({ ended_by: by, ended_at: at }).where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).where('ended_at', 'is', null).executeTakeFirst()
  return numUpdatedRows > 0n
}
