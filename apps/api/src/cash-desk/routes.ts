import type { CashClosing, cashDeskRoutes, DeskPayment, WholeCashClosing } from '@yoman/contract/cash-desk'
import type { CashClosing as ClosingRow, DeskPayment as PaymentRow } from '@yoman/db/cash-desk/queries'
import { plainDate } from '@yoman/domain/time'
import { closeCashDesk } from '@yoman/use-cases/cash-desk/close'
import { cashDesk, oneClosing, pageOfClosings } from '@yoman/use-cases/cash-desk/read'
import type { Handlers, RequestContext } from '../http/handler.ts'

export const cashDeskHandlers = {
  'GET /cash-desk': async (ctx, { query }) => {
    const { day, closedId, leftBefore, means, payments, byLink } = await cashDesk(ctx, query.branchId)
    return {
      day: day.toString(), closedId, leftBeforeAgorot: leftBefore,
      means: means.map((one) => ({ method: one.method, payments: one.payments, refunds: one.refunds, refundedAgorot: one.refunded, expectedAgorot: one.expected })), payments: payments.map(presentPayment), byLink: byLink.map(presentPayment),
    }
  },

  'GET /cash-closings': async (ctx, { query }) => {
    const { items, next } = await pageOfClosings(ctx, query)
    return { items: items.map(presentClosing), next }
  },

  'GET /cash-closings/:id': (ctx, { params }) => whole(ctx, params.id),

  'POST /cash-closings': async (ctx, { body }) => {
    const { id, branchId, day, leftAgorot: left, means } = body
    await closeCashDesk(ctx, { id, branchId, day: plainDate(day), left, counted: means.map((one) => ({ method: one.method, expected: one.expectedAgorot, counted: one.countedAgorot, reason: one.reason ?? '' })) })
    return whole(ctx, id)
  },
} satisfies Handlers<keyof typeof cashDeskRoutes>

async function whole(ctx: RequestContext, id: string): Promise<WholeCashClosing> {
  const { closing, payments } = await oneClosing(ctx, id)
  return { ...presentClosing(closing), payments: payments.map(presentPayment) }
}

const presentClosing = (row: ClosingRow): CashClosing => ({
  id: row.id, branchId: row.branch_id, day: row.day.toString(), closedAt: row.closed_at.toString(), closedBy: { id: row.closed_by, name: row.closed_by_name }, leftAgorot: row.left_agorot, means: row.means,
})

const presentPayment = ({ id, method, amount, receivedAt, patientId, givenName, familyName, givenNameLatin, familyNameLatin, receiptId, receiptKind, receiptNumber }: PaymentRow): DeskPayment => ({
  id, method, amountAgorot: amount, receivedAt: receivedAt.toString(), patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin },
  receipt: receiptId === null || receiptKind === null || receiptNumber === null ? null : { id: receiptId, kind: receiptKind, number: receiptNumber },
})
