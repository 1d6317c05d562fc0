import { type AllocationRow, type AnswerRow, findAllocation, findAnswers, listWaitingAllocations, type WaitingAllocation } from '@yoman/db/allocation-numbers/requests'
import { type ListedInvoice, listInvoices } from '@yoman/db/invoices/lists'
import type { Db } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import type { Context } from '../context.ts'
import { readByValues } from '../transact.ts'

const mostListed = 200

/** Where the number of a document stands, with what came back, newest first. */
export interface AllocationStanding {
  row: AllocationRow
  answers: AnswerRow[]
}

export async function standingOfAllocation(db: Db, invoiceId: string): Promise<AllocationStanding | null> {
  const row = await findAllocation(db, invoiceId)
  return row ? { row, answers: await findAnswers(db, invoiceId) } : null
}

/** Documents that must not leave yet, the first asked for first; the first two hundred. */
export function waitingNumbers(ctx: Context): Promise<(WaitingAllocation & { invoice: ListedInvoice })[]> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    const waiting = await listWaitingAllocations(db, mostListed)
    const documents = waiting.length === 0 ? [] : await listInvoices(db, { ids: waiting.map(({ invoiceId }) => invoiceId) }, waiting.length)
    const byId = new Map(documents.map((one) => [one.id, one]))
    return waiting.flatMap((one) => {
      const invoice = byId.get(one.invoiceId)
      return invoice ? [{ ...one, invoice }] : []
    })
  })
}
