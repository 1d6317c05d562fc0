import { findInvoice } from '@yoman/db/invoices/issue'
import { listPaymentLinks, type ShownLink } from '@yoman/db/payment-links/links'
import { listUndecidedMoney, type UndecidedMoney } from '@yoman/db/payment-links/money'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

const mostListed = 100

/** Links that were sent for a document, the newest first. */
export function linksOf(ctx: Context, invoiceId: string): Promise<ShownLink[]> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    if (!(await findInvoice(db, invoiceId))) throw new NotFound('invoice')
    return listPaymentLinks(db, { invoiceId }, mostListed)
  })
}

export function oneLink(ctx: Context, id: string): Promise<ShownLink> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    const [link] = await listPaymentLinks(db, { id }, 1)
    if (!link) throw new NotFound('payment_link')
    return link
  })
}

/** Money that came by links and is not what was asked for, the first that came first. */
export function undecidedMoney(ctx: Context): Promise<UndecidedMoney[]> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, (db) => listUndecidedMoney(db, mostListed))
}
