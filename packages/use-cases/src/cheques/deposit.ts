import { v7 as uuid } from 'uuid'
import { zoneOfDesk } from '@yoman/db/cash-desk/queries'
import { insertDeposit, insertMoves, type ListedCheque, listCheques, listDeposits, lockCheques, takeSlipNumber } from '@yoman/db/cheques/queries'
import type { Tx } from '@yoman/db/database'
import { allowIn } from '@yoman/domain/access'
import { requireDay, requireDepositable, requireMove } from '@yoman/domain/cheques/move'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface DepositRequest {
  id: string
  branchId: string
  /** Into which account, as the clinic calls it. */
  account: string
  on: PlainDate
  /** At least one, each once. */
  chequeIds: readonly string[]
}

/**
 * Brings cheques of a branch to the bank, on a numbered slip; all of them, or none. Sent twice with one id it is one. Refuses
 * `cheque_moved`, `cheque_not_due`, `cheque_day_ahead`, `cheque_day_before`, `reference_unknown` (no cheque of this branch), `id_taken`.
 */
export async function depositCheques(ctx: Context, request: DepositRequest): Promise<void> {
  const { id, branchId, account, on, chequeIds } = request
  allowIn(ctx.actor, 'cash.close', branchId)
  const by = personOf(ctx)
  await transact(ctx, async (tx) => {
    const zone = await zoneOfDesk(tx, branchId)
    if (zone === undefined) throw new NotFound('branch')
    const number = await takeSlipNumber(tx, branchId)
    if (await isKnown(tx, request)) return
    await lockCheques(tx, chequeIds)
    const cheques = await listCheques(tx, { ids: chequeIds, branchId }, chequeIds.length)
    if (cheques.length !== new Set(chequeIds).size || cheques.length !== chequeIds.length) throw new Refusal('reference_unknown')
    for (const cheque of cheques) {
      requireMove(cheque.state, 'deposited')
      requireDay(on, cheque, dateIn(zone, ctx.now))
      requireDepositable(cheque.dueOn, on)
    }
    await insertDeposit(tx, { clinic_id: ctx.clinicId, id, branch_id: branchId, number, account: account.trim(), deposited_on: on, made_at: ctx.now, made_by: by })
    await insertMoves(tx, cheques.map((one) => ({ clinic_id: ctx.clinicId, id: uuid(), payment_id: one.id, state: 'deposited', moved_on: on, moved_at: ctx.now, moved_by: by, deposit_id: id, voucher_id: null })))
    await recordEvents(tx, ctx, cheques.map((one) => ({ name: 'cheque.deposited' as const, subject: { type: 'cheque' as const, id: one.id }, patientId: one.patientId, branchId, details: { deposit: id, number, amountAgorot: one.amount } })))
  })
}

async function isKnown(tx: Tx, { id, branchId, account, on, chequeIds }: DepositRequest): Promise<boolean> {
  const [known] = await listDeposits(tx, { id }, 1)
  if (!known) return false
  const held = (await listCheques(tx, { depositId: id }, known.cheques)).map((one) => one.id)
  if (known.branch_id !== branchId || known.account !== account.trim() || !known.deposited_on.equals(on) || held.sort().join() !== [...chequeIds].sort().join()) throw new Refusal('id_taken')
  return true
}

/** A cheque that the bank paid; said twice it is said once. Refuses `cheque_moved`, `cheque_day_ahead`, `cheque_day_before`. */
export async function clearCheque(ctx: Context, chequeId: string, on: PlainDate): Promise<void> {
  const by = personOf(ctx)
  await transact(ctx, async (tx) => {
    const cheque = await lockCheque(tx, chequeId)
    allowIn(ctx.actor, 'cash.close', cheque.branchId)
    if (cheque.state === 'cleared' && cheque.movedOn?.equals(on)) return
    requireMove(cheque.state, 'cleared')
    requireDay(on, cheque, dateIn(cheque.zone, ctx.now))
    await writeCleared(tx, ctx, [cheque], on, by)
  })
}

/** What the bank paid of a whole slip: every cheque of it that is still on its way. Said twice it is said once. Refuses `cheque_day_ahead`, `cheque_day_before`. */
export async function clearDeposit(ctx: Context, depositId: string, on: PlainDate): Promise<void> {
  const by = personOf(ctx)
  await transact(ctx, async (tx) => {
    const [slip] = await listDeposits(tx, { id: depositId }, 1)
    if (!slip) throw new NotFound('cheque_deposit')
    allowIn(ctx.actor, 'cash.close', slip.branch_id)
    await lockCheques(tx, (await listCheques(tx, { depositId }, slip.cheques)).map(({ id }) => id))
    const onTheirWay = await listCheques(tx, { depositId, state: 'deposited' }, slip.cheques)
    for (const cheque of onTheirWay) requireDay(on, cheque, dateIn(cheque.zone, ctx.now))
    if (onTheirWay.length > 0) await writeCleared(tx, ctx, onTheirWay, on, by)
  })
}

async function writeCleared(tx: Tx, ctx: Context, cheques: readonly ListedCheque[], on: PlainDate, by: string): Promise<void> {
  await insertMoves(tx, cheques.map((one) => ({ clinic_id: ctx.clinicId, id: uuid(), payment_id: one.id, state: 'cleared', moved_on: on, moved_at: ctx.now, moved_by: by, deposit_id: null, voucher_id: null })))
  await recordEvents(tx, ctx, cheques.map((one) => ({ name: 'cheque.cleared' as const, subject: { type: 'cheque' as const, id: one.id }, patientId: one.patientId, branchId: one.branchId, details: { on: on.toString() } })))
}

/** The cheque as it stands, kept from whoever else wants to move it. */
export async function lockCheque(tx: Tx, id: string): Promise<ListedCheque> {
  await lockCheques(tx, [id])
  const [cheque] = await listCheques(tx, { ids: [id] }, 1)
  if (!cheque) throw new NotFound('cheque')
  return cheque
}
