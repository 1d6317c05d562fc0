import type { BlockKind } from '@yoman/domain/blocks/block'
import type { Instant, PlainDate } from '@yoman/domain/time'
import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

/** A block as it lies in the tables; dates are ISO, times `HH:MM`. */
export interface BlockRow {
  id: string
  kind: BlockKind
  branchId: string | null
  resourceIds: string[]
  fromDate: string
  toDate: string
  weekdays: number[]
  starts: string | null
  ends: string | null
  title: string
  privateNoteSealed: Buffer | null
  holiday: string | null
  removed: boolean
  version: number
  createdBy: string | null
  createdByName: string | null
}

const rows = sql`select b.id, b.kind, b.branch_id as "branchId", b.from_date::text as "fromDate", b.to_date::text as "toDate", b.weekdays,
  to_char(b.starts, 'HH24:MI') as starts, to_char(b.ends, 'HH24:MI') as ends, b.title, b.private_note_sealed as "privateNoteSealed", b.holiday,
  b.removed_at is not null as removed, b.version, b.created_by as "createdBy", s.name as "createdByName",
  array(select r.resource_id from block_resource r where r.clinic_id = b.clinic_id and r.block_id = b.id order by r.resource_id) as "resourceIds"
  from block b left join staff s on s.clinic_id = b.clinic_id and s.id = b.created_by`

/** Blocks that reach into the days from `from` to `to`, those of one branch and of resources anywhere; removed ones are not among them. */
export async function listBlocks(db: Db, { from, to, branchId }: { from: PlainDate; to: PlainDate; branchId?: string | undefined }): Promise<BlockRow[]> {
  const found = await sql<BlockRow>`${rows} where b.clinic_id = current_clinic() and b.removed_at is null
    and b.from_date <= ${to}::date and b.to_date >= ${from}::date ${branchId === undefined ? sql`` : sql`and (b.branch_id is null or b.branch_id = ${branchId}::uuid)`}
    order by b.from_date, b.starts nulls first, b.id`.execute(db)
  return found.rows
}

export async function findBlock(db: Db, id: string): Promise<BlockRow | undefined> {
  return (await sql<BlockRow>`${rows} where b.clinic_id = current_clinic() and b.id = ${id}::uuid`.execute(db)).rows[0]
}

/** The row, held until the transaction ends. */
export async function lockBlock(tx: Tx, id: string): Promise<BlockRow | undefined> {
  return (await sql<BlockRow>`${rows} where b.clinic_id = current_clinic() and b.id = ${id}::uuid for no key update of b`.execute(tx)).rows[0]
}

export type BlockFields = Omit<BlockRow, 'removed' | 'version' | 'createdBy' | 'createdByName'>

/** Writes a new block with whom it keeps away; its days come after it. */
export async function insertBlock(tx: Tx, clinicId: string, block: BlockFields, by: string | null, at: Instant): Promise<void> {
  await sql`insert into block (clinic_id, id, kind, branch_id, from_date, to_date, weekdays, starts, ends, title, private_note_sealed, holiday, created_by, created_at)
    values (${clinicId}::uuid, ${block.id}::uuid, ${block.kind}, ${block.branchId}::uuid, ${block.fromDate}::date, ${block.toDate}::date, ${block.weekdays}::smallint[],
      ${block.starts}::time, ${block.ends}::time, ${block.title}, ${block.privateNoteSealed}, ${block.holiday}, ${by}::uuid, ${at}::timestamptz)`.execute(tx)
  await replaceResources(tx, clinicId, block)
}

/** The block becomes this, one version on. The row must be locked: the version is not looked at again. */
export async function saveBlock(tx: Tx, clinicId: string, block: BlockFields): Promise<void> {
  await sql`update block set kind = ${block.kind}, branch_id = ${block.branchId}::uuid, from_date = ${block.fromDate}::date, to_date = ${block.toDate}::date,
      weekdays = ${block.weekdays}::smallint[], starts = ${block.starts}::time, ends = ${block.ends}::time, title = ${block.title},
      private_note_sealed = ${block.privateNoteSealed}, version = version + 1
    where clinic_id = ${clinicId}::uuid and id = ${block.id}::uuid`.execute(tx)
  await replaceResources(tx, clinicId, block)
}

/** Takes a block out of the diary, or brings it back: `at` null. */
export async function setRemoved(tx: Tx, clinicId: string, id: string, at: Instant | null): Promise<void> {
  await sql`update block set removed_at = ${at}::timestamptz, version = version + 1 where clinic_id = ${clinicId}::uuid and id = ${id}::uuid`.execute(tx)
}

async function replaceResources(tx: Tx, clinicId: string, { id, resourceIds }: BlockFields): Promise<void> {
  await sql`delete from block_resource where clinic_id = ${clinicId}::uuid and block_id = ${id}::uuid`.execute(tx)
  await sql`insert into block_resource (clinic_id, block_id, resource_id) select ${clinicId}::uuid, ${id}::uuid, r from unnest(${resourceIds}::uuid[]) r`.execute(tx)
}
