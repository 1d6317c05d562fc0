import { standingOf } from '@yoman/db/debts/reminders'
import { findInvoice, lockInvoice } from '@yoman/db/invoices/issue'
import { findProviderConnection, lockProviderConnection, saveProviderConnection } from '@yoman/db/payment-links/connection'
import { lockPaymentLink, type PaymentLinkRow, savePaymentLink } from '@yoman/db/payment-links/links'
import { findMoneyOf, saveLinkMoney } from '@yoman/db/payment-links/money'
import type { Tx } from '@yoman/db/database'
import { afterLook, type LookOutcome } from '@yoman/domain/payment-links/after-look'
import { graceOfExpiry, isEnded, linkDays, minutesOfPage } from '@yoman/domain/payment-links/link'
import type { NoAnswer, ProviderKeys, ProviderMoney } from '@yoman/domain/payment-links/provider'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, isAfter } from '@yoman/domain/time'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import type { MoneyText } from '../invoices/take-advance.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { callbackUrl, keysOf, type Looking } from './keys.ts'
import { bookMoney } from './book.ts'
import { type ComposeLink, queueLink } from './send.ts'

interface Claim {
  id: string
  invoiceId: string
  version: number
  hints: number
  what: 'open' | 'look' | 'close'
  keys: ProviderKeys
  callback: string
  pageId: string | null
  heard: string[]
  amount: number
  language: PaymentLinkLanguage
  payerName: string
  /** That are left to pay in. */
  minutes: number
}
type PaymentLinkLanguage = 'he' | 'ar' | 'ru' | 'en'

type Answer = { kind: 'opened'; pageId: string; url: string } | { kind: 'known'; money: ProviderMoney[] } | NoAnswer

export interface LinkWords {
  money: MoneyText
  compose: ComposeLink
}

/**
 * Looks after one link: opens its page, asks the provider what came by it, or closes it. Claims it and commits, calls, and settles. Whoever dies in
 * between leaves a lease that ends, and the next does it again: a page that was opened meanwhile was sent to nobody, and money is one by its
 * transaction. @returns the state that the link is in; `gone` where there is nothing to do now. Throws `month_closed` where its day was closed while it asked: it is looked at again.
 */
export async function lookAfterLink(ctx: Context, looking: Looking, id: string, words: LinkWords): Promise<PaymentLinkRow['state'] | 'gone'> {
  const claim = await transact(ctx, (tx) => take(tx, ctx, id, looking))
  if (!claim) return 'gone'
  const answer = await ask(looking, claim)
  try {
    return await transact(ctx, (tx) => settle(tx, ctx, looking, claim, answer, words, true))
  } catch (error) {
    // The books refuse the money: it is kept, and somebody decides. Not where this look is so late that its day is in a month closed meanwhile: the next has its own.
    if (!(error instanceof Refusal) || answer.kind !== 'known' || error.code === 'month_closed') throw error
    return transact(ctx, (tx) => settle(tx, ctx, looking, claim, answer, words, false))
  }
}

async function take(tx: Tx, ctx: Context, id: string, { machineClock, leaseSeconds, publicUrl }: Looking): Promise<Claim | null> {
  const now = machineClock.now()
  const row = await lockPaymentLink(tx, id)
  const invoice = row && isDue(row, now, ctx.now) ? await findInvoice(tx, row.invoice_id) : undefined
  if (!row || !invoice) return null
  const held = await keysOf(tx, ctx, await findProviderConnection(tx))
  if (!held) {
    if (isEnded(row.state)) await savePaymentLink(tx, id, { next_at: null })
    else await end(tx, ctx, row, { state: row.state === 'requested' ? 'failed' : row.state === 'open' ? 'expired' : 'cancelled', problem: 'not_connected' })
    return null
  }
  const standing = await standingOf(tx, invoice.id, (await groundOf(ctx, tx)).today)
  const isPaid = ((standing?.owed ?? 0) < row.amount_agorot || standing?.writtenOff === true) && (row.state === 'requested' || row.state === 'open')
  if (isPaid && row.page_id === null) {
    await end(tx, ctx, row, { state: 'cancelled', problem: 'settled' })
    return null
  }
  const state = isPaid ? ('ending' as const) : row.state
  const version = row.version + 1
  await savePaymentLink(tx, id, { ...(isPaid ? { state, problem: 'settled' as const } : {}), version, lease_until: now.add({ seconds: leaseSeconds }) })
  const heard = (await findMoneyOf(tx, id)).filter((one) => one.state === 'heard' && one.left_page === null).map((one) => one.transaction_id)
  return {
    id, invoiceId: invoice.id, version, hints: row.hints, what: state === 'requested' ? 'open' : state === 'open' ? 'look' : 'close', keys: held.keys, callback: callbackUrl(publicUrl, held.word),
    pageId: row.page_id, heard, amount: row.amount_agorot, language: invoice.language, payerName: invoice.payer.name, minutes: minutesOfPage(ctx.now, row.expires_at),
  }
}

const isDue = ({ state, next_at, lease_until, expires_at, tries }: PaymentLinkRow, machineNow: Instant, now: Instant): boolean =>
  (lease_until === null || !isAfter(lease_until, machineNow)) && ((next_at !== null && !isAfter(next_at, machineNow)) || (state === 'open' && tries === 0 && !isAfter(expires_at.add(graceOfExpiry), now)))

async function ask({ provider }: Looking, { what, id, keys, pageId, heard, amount, language, payerName, minutes, callback }: Claim): Promise<Answer> {
  if (what === 'open') return provider.openPage(keys, { linkId: id, amount, language, payerName, minutes, callbackUrl: callback })
  if (what === 'close' && pageId !== null) {
    const closed = await provider.closePage(keys, pageId)
    if (closed.kind === 'unreachable' || closed.kind === 'unauthorised') return closed // a page that PayPlus refuses to close was paid or has ended
  }
  return provider.moneyOf(keys, { pageId, transactionIds: heard })
}

async function settle(tx: Tx, ctx: Context, { machineClock }: Looking, claim: Claim, answer: Answer, words: LinkWords, mayBook: boolean): Promise<PaymentLinkRow['state'] | 'gone'> {
  const invoice = await lockInvoice(tx, claim.invoiceId)
  const row = await lockPaymentLink(tx, claim.id)
  if (!row || !invoice) throw new Error('a link and its document are never removed')
  if (row.version !== claim.version) return 'gone'
  if (answer.kind === 'opened') {
    await savePaymentLink(tx, row.id, { page_id: answer.pageId, url: answer.url, ...(row.state === 'requested' ? { state: 'open' as const } : {}) })
    if (row.state === 'requested') await queueLink(tx, ctx, invoice, { ...row, url: answer.url }, words.compose)
  }
  const booked = answer.kind === 'known' ? await bookMoney(tx, ctx, { row, invoice, found: answer.money, mayBook }, words.money) : row.state
  const open = (await findMoneyOf(tx, row.id)).filter((one) => one.state === 'heard' && one.left_page === null && claim.heard.includes(one.transaction_id))
  const outcome: LookOutcome = afterLook({
    claimed: claim.what, before: row.state, state: answer.kind === 'opened' && row.state === 'requested' ? 'open' : booked, answer: answer.kind, tries: row.tries, looks: row.looks, unheard: open.length,
    isOver: !isAfter(row.expires_at.add(graceOfExpiry), ctx.now), isLongOver: !isAfter(row.expires_at.add({ hours: 24 * linkDays }), ctx.now),
  })
  if (outcome.forget) for (const one of open) await saveLinkMoney(tx, one.id, { state: 'nothing' })
  const again = row.hints !== claim.hints ? atOnce : outcome.againInSeconds === null ? null : machineClock.now().add({ seconds: outcome.againInSeconds })
  await savePaymentLink(tx, row.id, { state: outcome.state, tries: outcome.tries, looks: outcome.looks, lease_until: null, next_at: again, ...(outcome.problem !== null || outcome.state === 'open' ? { problem: outcome.problem } : {}), settled_at: isEnded(outcome.state) ? (row.settled_at ?? ctx.now) : null })
  if (answer.kind === 'unauthorised') await distrust(tx, ctx)
  if (outcome.state !== row.state) await tell(tx, ctx, row.id, invoice.patient_id, invoice.branch_id, outcome.state)
  return outcome.state
}

/** The provider knows these keys no more: no further link is asked for until the owner connects anew. */
async function distrust(tx: Tx, ctx: Context): Promise<void> {
  const row = await lockProviderConnection(tx)
  if (row?.state !== 'connected') return
  await saveProviderConnection(tx, { state: 'refused', problem: 'unauthorised' })
  await recordEvents(tx, ctx, [{ name: 'payment_provider.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { state: 'refused' } }])
}

async function end(tx: Tx, ctx: Context, row: PaymentLinkRow, { state, problem }: Pick<PaymentLinkRow, 'state' | 'problem'>): Promise<void> {
  await savePaymentLink(tx, row.id, { state, problem, next_at: null, lease_until: null, settled_at: row.settled_at ?? ctx.now })
  const invoice = await findInvoice(tx, row.invoice_id)
  if (invoice && state !== row.state) await tell(tx, ctx, row.id, invoice.patient_id, invoice.branch_id, state)
}

const tell = (tx: Tx, ctx: Context, id: string, patientId: string, branchId: string, state: PaymentLinkRow['state']): Promise<void> =>
  recordEvents(tx, ctx, [{ name: 'payment_link.changed', subject: { type: 'payment_link', id }, patientId, branchId, details: { state } }])
