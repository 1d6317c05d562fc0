import type { ChequeDeposit, ChequeInHand, chequeRoutes, WholeChequeDeposit } from '@yoman/contract/cheques'
import type { ListedCheque, ListedDeposit } from '@yoman/db/cheques/queries'
import { chequeText } from '@yoman/documents/invoices/on-account'
import { plainDate } from '@yoman/domain/time'
import { clearCheque, clearDeposit, depositCheques } from '@yoman/use-cases/cheques/deposit'
import { oneCheque, oneDeposit, pageOfCheques, pageOfDeposits } from '@yoman/use-cases/cheques/read'
import { takeOutCheque } from '@yoman/use-cases/cheques/take-out'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const chequeHandlers = {
  'GET /cheques': async (ctx, { query }) => {
    const { items, next } = await pageOfCheques(ctx, query)
    return { items: items.map(presentCheque), next }
  },

  'POST /cheques/:id/clearing': async (ctx, { params, body }) => {
    await clearCheque(ctx, params.id, plainDate(body.on))
    return presentCheque(await oneCheque(ctx, params.id))
  },

  'POST /cheques/:id/return': async (ctx, { params, body }) => {
    await takeOutCheque(ctx, { id: body.id, chequeId: params.id, state: 'returned', on: plainDate(body.on), reason: body.reason, fee: body.feeAgorot ?? 0 }, chequeText)
    return presentCheque(await oneCheque(ctx, params.id))
  },

  'POST /cheques/:id/withdrawal': async (ctx, { params, body }) => {
    await takeOutCheque(ctx, { id: body.id, chequeId: params.id, state: 'withdrawn', on: plainDate(body.on), reason: body.reason, fee: 0 }, chequeText)
    return presentCheque(await oneCheque(ctx, params.id))
  },

  'GET /cheque-deposits': async (ctx, { query }) => {
    const { items, next } = await pageOfDeposits(ctx, query)
    return { items: items.map(presentDeposit), next }
  },

  'GET /cheque-deposits/:id': (ctx, { params }) => whole(ctx, params.id),

  'POST /cheque-deposits/:id/clearing': async (ctx, { params, body }) => {
    await clearDeposit(ctx, params.id, plainDate(body.on))
    return whole(ctx, params.id)
  },

  'POST /cheque-deposits': async (ctx, { body }) => {
    await depositCheques(ctx, { ...body, on: plainDate(body.on) })
    return whole(ctx, body.id)
  },
} satisfies Handlers<keyof typeof chequeRoutes>

async function whole(ctx: RequestContext, id: string): Promise<WholeChequeDeposit> {
  const { deposit, cheques } = await oneDeposit(ctx, id)
  return { ...presentDeposit(deposit), cheques: cheques.map(presentCheque) }
}

const presentCheque = ({ id, state, amount, dueOn, facts, reference, branchId, patientId, givenName, familyName, givenNameLatin, familyNameLatin, receiptId, depositId, voucherId, owedOnId, movedOn, reason, feeAgorot }: ListedCheque): ChequeInHand => ({
  id, state, amountAgorot: amount, dueOn: dueOn.toString(), facts, reference, branchId, patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin },
  receiptId, depositId, voucherId, owedOnId, movedOn: movedOn?.toString() ?? null, reason, feeAgorot,
})

const presentDeposit = (row: ListedDeposit): ChequeDeposit => ({
  id: row.id, branchId: row.branch_id, number: row.number, account: row.account, on: row.deposited_on.toString(), madeAt: row.made_at.toString(), madeBy: { id: row.made_by, name: row.made_by_name },
  count: row.cheques, totalAgorot: row.total,
})
