import { creditsOfVisitDocument } from '@yoman/db/invoices/advance'
import { loadVisitBill } from '@yoman/db/invoices/bill'
import { findInvoice } from '@yoman/db/invoices/issue'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { billVisit } from './issue-for-visit.ts'
import type { MoneyText } from './take-advance.ts'

/**
 * Bills a visit anew whose documents were credited whole: a transaction invoice (300) of the given id, based on the last of the credit
 * notes, with the lines as they are now. Sent twice it is one. Refuses `not_credited_whole`, `nothing_to_bill`, `id_taken`.
 */
export async function billAnew(ctx: Context, appointmentId: string, id: string, text: MoneyText): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, { lock: true })
    if (!bill) throw new NotFound('appointment')
    allowIn(ctx.actor, 'invoice.write', bill.branchId)
    const known = await findInvoice(tx, id)
    if (known) {
      if (known.appointment_id !== appointmentId || known.kind !== '300' || known.based_on_id === null) throw new Refusal('id_taken')
      return
    }
    const before = bill.invoiceId === null ? undefined : await findInvoice(tx, bill.invoiceId)
    const { credited, last } = before ? await creditsOfVisitDocument(tx, before.id) : { credited: 0, last: undefined }
    if (!before || !last || credited < before.total_agorot) throw new Refusal('not_credited_whole')
    await billVisit(tx, ctx, bill, text, { id, credit: { kind: '330', ...last } })
  })
}
