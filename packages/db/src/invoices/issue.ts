import { type Insertable, type Selectable, sql } from 'kysely'
import type { VatRate } from '@yoman/domain/money/vat'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { Db, Tx } from '../database.ts'
import type { InvoiceLineTable, InvoiceTable } from './table.ts'

export type InvoiceRow = Selectable<InvoiceTable>
export type InvoiceLineRow = Selectable<InvoiceLineTable>

/** The next number of a series. Its row stays locked until the transaction ends, so a number that is rolled back is the next one's: no gap, no number twice. Who takes several takes them in one order (300, 400, 320; 330, 410), or two wait for each other. */
export async function takeNumber(tx: Tx, clinicId: string, kind: InvoiceKind): Promise<number> {
  const { last_number } = await tx
    .insertInto('document_counter')
    .values({ clinic_id: clinicId, kind, last_number: 1 })
    .onConflict((on) => on.columns(['clinic_id', 'kind']).doUpdateSet({ last_number: sql<number>`document_counter.last_number + 1` }))
    .returning('last_number')
    .executeTakeFirstOrThrow()
  return last_number
}

export async function insertInvoice(tx: Tx, row: Insertable<InvoiceTable>, lines: readonly Insertable<InvoiceLineTable>[]): Promise<void> {
  await Promise.all([tx.insertInto('invoice').values(row).execute(), tx.insertInto('invoice_line').values(lines).execute()])
}

/** The document, kept from whoever else wants to settle it. */
export const lockInvoice = (tx: Tx, id: string): Promise<InvoiceRow | undefined> =>
  tx.selectFrom('invoice').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).forUpdate().executeTakeFirst()

export const findInvoice = (db: Db, id: string): Promise<InvoiceRow | undefined> =>
  db.selectFrom('invoice').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** Documents of a visit that ask somebody else for what is left of another, the first first. */
export async function findReassigned(db: Db, appointmentId: string): Promise<{ id: string; insteadOfId: string }[]> {
  const rows = await db.selectFrom('invoice').select(['id', 'instead_of_id']).where('clinic_id', '=', sql<string>`current_clinic()`).where('appointment_id', '=', appointmentId).where('instead_of_id', 'is not', null).orderBy('number').execute()
  return rows.flatMap(({ id, instead_of_id: insteadOfId }) => (insteadOfId === null ? [] : [{ id, insteadOfId }]))
}

export const findInvoiceLines = (db: Db, id: string): Promise<InvoiceLineRow[]> =>
  db.selectFrom('invoice_line').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('invoice_id', '=', id).orderBy('line').execute()

/** What of a transaction invoice is settled, in agorot: by receipts, by advances that it deducted, by credit that it used. */
export async function receivedOn(db: Db, invoiceId: string): Promise<number> {
  const { rows } = await sql<{ received: number }>`select received_on(current_clinic(), ${invoiceId}::uuid) as received`.execute(db)
  return rows[0]?.received ?? 0
}

/** What is owed on the voucher of a taxed cheque that is gone, in agorot. */
export async function chequeDebt(db: Db, voucherId: string): Promise<number> {
  const { rows } = await sql<{ debt: number }>`select cheque_debt(current_clinic(), ${voucherId}::uuid) as debt`.execute(db)
  return rows[0]?.debt ?? 0
}

/** Takes the one copy that says "original". @returns whether it was still to be had. */
export async function takeOriginal(tx: Tx, id: string, at: InvoiceRow['issued_at']): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('invoice').set({ original_made_at: at }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).where('original_made_at', 'is', null).executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function loadVatRates(db: Db): Promise<VatRate[]> {
  const rows = await db.selectFrom('vat_rate').selectAll().execute()
  return rows.map((row) => ({ validFrom: row.valid_from, basisPoints: row.rate_basis_points }))
}
