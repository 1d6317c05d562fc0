import { v7 as uuid } from 'uuid'
import { standingOf } from '@yoman/db/debts/reminders'
import type { InvoiceRow } from '@yoman/db/invoices/issue'
import { type PaymentLinkRow, savePaymentLink } from '@yoman/db/payment-links/links'
import { findMoneyOf, insertHeard, type LinkMoneyRow, saveLinkMoney } from '@yoman/db/payment-links/money'
import type { Tx } from '@yoman/db/database'
import { type LinkProblem, verdictOn } from '@yoman/domain/payment-links/link'
import type { ProviderMoney } from '@yoman/domain/payment-links/provider'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import { settle } from '../invoices/record-payment.ts'
import type { MoneyText } from '../invoices/take-advance.ts'
import { meansOf } from './decide.ts'

interface Came {
  row: PaymentLinkRow
  invoice: InvoiceRow
  found: readonly ProviderMoney[]
  /** False where the books have refused it: all of it waits for somebody to decide. */
  mayBook: boolean
}

/** Writes down what the provider says came by a link, each transaction once; the caller holds document and link. @returns the link's state by it. */
export async function bookMoney(tx: Tx, ctx: Context, { row, invoice, found, mayBook }: Came, text: MoneyText): Promise<PaymentLinkRow['state']> {
  let state = row.state
  for (const money of found) {
    if (money.linkId !== '' && money.linkId !== row.id) continue // of another page: its own callback tells of it
    const rows = await findMoneyOf(tx, row.id)
    const known = rows.find((one) => one.transaction_id === money.transactionId) ?? (await hear(tx, ctx, row.id, money.transactionId))
    if (!known || (known.state !== 'heard' && known.state !== 'nothing')) continue
    const owed = (await standingOf(tx, invoice.id, (await groundOf(ctx, tx)).today))?.owed ?? 0
    const verdict = verdictOn(money, { amount: row.amount_agorot, state, paidBefore: rows.some((one) => one.state === 'booked') }, owed)
    const why: LinkProblem | null = verdict.kind === 'differs' ? verdict.why : mayBook ? null : 'not_taken'
    const facts = factsOf(money)
    await saveLinkMoney(tx, known.id, { ...facts, state: why === null ? 'booked' : 'different', why, known_at: ctx.now, left_page: null })
    state = why === null ? 'paid' : state === 'paid' ? 'paid' : 'different'
    // Before the payment, which wakes the links of its document that can still bring money.
    await savePaymentLink(tx, row.id, { state, problem: why, settled_at: row.settled_at ?? ctx.now })
    if (why === null) await settle(tx, ctx, { means: [meansOf({ ...known, ...facts })], linkMoneyId: known.id }, invoice.id, text)
  }
  return state
}

const factsOf = ({ amount, currency, method, approval, lastFour, brand, instalments }: ProviderMoney) => ({ amount_agorot: amount, currency, method, approval, last_four: lastFour, brand, instalments })

async function hear(tx: Tx, ctx: Context, linkId: string, transactionId: string): Promise<LinkMoneyRow | undefined> {
  await insertHeard(tx, { clinic_id: ctx.clinicId, id: uuid(), link_id: linkId, transaction_id: transactionId, state: 'heard', heard_at: ctx.now })
  return (await findMoneyOf(tx, linkId)).find((one) => one.transaction_id === transactionId)
}
