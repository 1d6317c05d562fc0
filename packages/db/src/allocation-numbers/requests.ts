import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { AllocationThreshold } from '@yoman/domain/allocation-numbers/needs'
import type { AllocationProblem, AllocationState } from '@yoman/domain/allocation-numbers/state'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { AllocationAnswerTable, AllocationRequestTable } from './table.ts'

export type AllocationRow = Selectable<AllocationRequestTable>
export type AnswerRow = Selectable<AllocationAnswerTable>

const ofClinic = sql<string>`current_clinic()`

export async function loadAllocationThresholds(db: Db): Promise<AllocationThreshold[]> {
  const rows = await db.selectFrom('allocation_threshold').selectAll().execute()
  return rows.map((row) => ({ validFrom: row.valid_from, netOver: row.net_over_agorot }))
}

export const findAllocation = (db: Db, invoiceId: string): Promise<AllocationRow | undefined> =>
  db.selectFrom('allocation_request').selectAll().where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).executeTakeFirst()

/** Held until the transaction ends. */
export const lockAllocation = (tx: Tx, invoiceId: string): Promise<AllocationRow | undefined> =>
  tx.selectFrom('allocation_request').selectAll().where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).forUpdate().executeTakeFirst()

export async function insertAllocation(tx: Tx, row: Insertable<AllocationRequestTable>): Promise<void> {
  await tx.insertInto('allocation_request').values(row).execute()
}

/** The caller holds its lock. */
export async function saveAllocation(tx: Tx, invoiceId: string, changes: Updateable<AllocationRequestTable>): Promise<void> {
  await tx.updateTable('allocation_request').set(changes).where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).execute()
}

export async function insertAnswer(tx: Tx, row: Insertable<AllocationAnswerTable>): Promise<void> {
  await tx.insertInto('allocation_answer').values(row).execute()
}

/** What came back about a document and what was done, newest first. */
export const findAnswers = (db: Db, invoiceId: string): Promise<AnswerRow[]> =>
  db.selectFrom('allocation_answer').selectAll().where('clinic_id', '=', ofClinic).where('invoice_id', '=', invoiceId).orderBy('answered_at', 'desc').orderBy('id', 'desc').execute()

/** Requests of all clinics whose time has come, or whose asker died, those that wait longest first. @param machineNow the machine's clock. */
export async function findDueAllocations(db: Db, machineNow: Instant, limit: number): Promise<{ clinicId: string; id: string }[]> {
  const { rows } = await sql<{ clinicId: string; id: string }>`
    select clinic_id as "clinicId", invoice_id as id from allocation_request
    where (state = 'waiting' and next_at <= ${machineNow}) or (state = 'asking' and lease_until <= ${machineNow}) order by next_at, invoice_id limit ${limit}`.execute(db)
  return rows
}

/** What waited for the clinic to connect is due now. */
export async function wakeAllocations(tx: Tx, machineNow: Instant): Promise<void> {
  await tx.updateTable('allocation_request').set({ next_at: machineNow, problem: null }).where('clinic_id', '=', ofClinic).where('state', '=', 'waiting').execute()
}

export interface WaitingAllocation {
  invoiceId: string
  state: AllocationState
  problem: AllocationProblem | null
}

/** Documents that must not leave yet, the first asked for first. */
export async function listWaitingAllocations(db: Db, limit: number): Promise<WaitingAllocation[]> {
  const { rows } = await sql<WaitingAllocation>`
    select invoice_id as "invoiceId", state, problem from allocation_request where clinic_id = current_clinic() and state in ('waiting', 'asking', 'refused') order by asked_at, invoice_id limit ${limit}`.execute(db)
  return rows
}
