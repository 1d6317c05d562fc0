import { type ListedCheque, listCheques, type ListedDeposit, listDeposits } from '@yoman/db/cheques/queries'
import { allowIn } from '@yoman/domain/access'
import type { ChequeState } from '@yoman/domain/cheques/move'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { dateKey, decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 50
/** More than a slip can hold. */
const most = 500

export interface Page<T> {
  items: T[]
  next: string | null
}

/** Cheques that a branch took, by state, the earliest due first. */
export async function pageOfCheques(ctx: Context, { branchId, state, cursor, limit = usualLimit }: { branchId: string; state?: ChequeState; cursor?: string; limit?: number }): Promise<Page<ListedCheque>> {
  allowIn(ctx.actor, 'cash.read', branchId)
  const [dueOn, id] = cursor === undefined ? [] : decodeCursor(cursor, [dateKey, uuidKey])
  const rows = await readByValues(ctx, (db) => listCheques(db, { branchId, ...(state ? { state } : {}), ...(dueOn !== undefined && id !== undefined ? { after: { dueOn, id } } : {}) }, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.dueOn.toString(), last.id]) : null }
}

export async function oneCheque(ctx: Context, id: string): Promise<ListedCheque> {
  const [cheque] = await readByValues(ctx, (db) => listCheques(db, { ids: [id] }, 1))
  if (!cheque) throw new NotFound('cheque')
  allowIn(ctx.actor, 'cash.read', cheque.branchId)
  return cheque
}

/** Deposit slips of a branch, the newest first. */
export async function pageOfDeposits(ctx: Context, { branchId, cursor, limit = usualLimit }: { branchId: string; cursor?: string; limit?: number }): Promise<Page<ListedDeposit>> {
  allowIn(ctx.actor, 'cash.read', branchId)
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const rows = await readByValues(ctx, (db) => listDeposits(db, { branchId, ...(at !== undefined && id !== undefined ? { before: { at, id } } : {}) }, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.made_at.toString(), last.id]) : null }
}

/** A slip with its cheques. */
export async function oneDeposit(ctx: Context, id: string): Promise<{ deposit: ListedDeposit; cheques: ListedCheque[] }> {
  const { deposit, cheques } = await readByValues(ctx, async (db) => ({ deposit: (await listDeposits(db, { id }, 1))[0], cheques: await listCheques(db, { depositId: id }, most) }))
  if (!deposit) throw new NotFound('cheque_deposit')
  allowIn(ctx.actor, 'cash.read', deposit.branch_id)
  return { deposit, cheques }
}
