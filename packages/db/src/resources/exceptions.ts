import type { PlainDate } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

/** One date that differs; times are `HH:MM` of the branch's wall clock. */
export interface ExceptionRow {
  id: string
  resourceId: string | null
  branchId: string | null
  date: string
  kind: 'closed' | 'open'
  starts: string | null
  ends: string | null
  reason: string
}

const columns = sql`id, resource_id as "resourceId", branch_id as "branchId", on_date::text as date, kind,
  to_char(starts, 'HH24:MI') as starts, to_char(ends, 'HH24:MI') as ends, reason`

/** From one date to another, both belonging to it. The days of blocks are not among them: those belong to the block. */
export async function listExceptions(db: Db, from: PlainDate, to: PlainDate): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`select ${columns} from hours_exception where block_id is null and on_date between ${from}::date and ${to}::date order by on_date, starts nulls first, id`.execute(db)
  return rows
}

export async function findException(db: Db, id: string): Promise<ExceptionRow | undefined> {
  return (await sql<ExceptionRow>`select ${columns} from hours_exception where id = ${id}::uuid and block_id is null`.execute(db)).rows[0]
}

export async function insertException(tx: Tx, clinicId: string, row: ExceptionRow): Promise<void> {
  await sql`insert into hours_exception (clinic_id, id, resource_id, branch_id, on_date, kind, starts, ends, reason)
    values (${clinicId}::uuid, ${row.id}::uuid, ${row.resourceId}::uuid, ${row.branchId}::uuid, ${row.date}::date, ${row.kind},
      ${row.starts}::time, ${row.ends}::time, ${row.reason})`.execute(tx)
}

/** False where there was none. */
export async function deleteException(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('hours_exception').where('id', '=', id).where('block_id', 'is', null).executeTakeFirst()
  return numDeletedRows > 0n
}
