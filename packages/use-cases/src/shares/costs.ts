import { isCountedProcedure } from '@yoman/db/shares/queries'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { PlainDate } from '@yoman/domain/time'
import { allowWhole, personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface NewCost {
  id: string
  procedureId: string
  /** Of the laboratory's bill; the month whose statement it is in. */
  day: PlainDate
  laboratory: string
  reference: string
  /** Without VAT. */
  amount: number
}

/** Notes what a laboratory asked for something that was done. Sent twice with one id it is one. Throws `NotFound`; refuses `procedure_not_signed` (also while its visit is not over: no month counts it), `month_closed`, `id_taken`. */
export async function recordCost(ctx: Context, { id, procedureId, day, laboratory, reference, amount }: NewCost): Promise<void> {
  allowWhole(ctx, 'share.write')
  const staffId = personOf(ctx)
  await transact(ctx, async (tx) => {
    const known = await tx.selectFrom('laboratory_cost').selectAll().where('id', '=', id).executeTakeFirst()
    if (known) {
      if (known.procedure_id !== procedureId || known.amount_agorot !== amount || !known.day.equals(day)) throw new Refusal('id_taken')
      return
    }
    const isCounted = await isCountedProcedure(tx, procedureId)
    if (isCounted === undefined) throw new NotFound('procedure')
    if (!isCounted) throw new Refusal('procedure_not_signed')
    await tx.insertInto('laboratory_cost').values({ clinic_id: ctx.clinicId, id, procedure_id: procedureId, day, laboratory, reference, amount_agorot: amount, recorded_at: ctx.now, recorded_by: staffId }).execute()
    await recordEvents(tx, ctx, [{ name: 'share.cost_noted', subject: { type: 'laboratory_cost', id }, details: { procedureId, amountAgorot: amount, day: day.toString() } }])
  })
}

/** Takes a cost back that was noted by mistake. Throws `NotFound`; refuses `month_closed`. */
export async function removeCost(ctx: Context, id: string): Promise<void> {
  allowWhole(ctx, 'share.write')
  await transact(ctx, async (tx) => {
    const gone = await tx.deleteFrom('laboratory_cost').where('id', '=', id).returning(['procedure_id', 'amount_agorot', 'day']).executeTakeFirst()
    if (!gone) throw new NotFound('laboratory_cost')
    await recordEvents(tx, ctx, [{ name: 'share.cost_removed', subject: { type: 'laboratory_cost', id }, details: { procedureId: gone.procedure_id, amountAgorot: gone.amount_agorot, day: gone.day.toString() } }])
  })
}
