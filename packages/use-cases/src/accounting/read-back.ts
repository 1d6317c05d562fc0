import { v7 as uuid } from 'uuid'
import { type AccountingConnectionRow, lockAccounting, saveAccounting } from '@yoman/db/accounting/connection'
import { insertAttempts } from '@yoman/db/accounting/entries'
import { knownReferences, type ReadEntry, replaceStrangers, saveRead, type SentEntry, sentEntries } from '@yoman/db/accounting/reading'
import { loadBookGround } from '@yoman/db/books/queries'
import type { Tx } from '@yoman/db/database'
import { byReference, compareEntry, strangersAmong } from '@yoman/domain/accounting/compare'
import { type AccountingEntry, totalOf } from '@yoman/domain/accounting/entry'
import type { AccountingService, FindAnswer, FoundEntry } from '@yoman/domain/accounting/service'
import { afterReading } from '@yoman/domain/accounting/state'
import { Refusal } from '@yoman/domain/refusal'
import { dateIn, type Instant, isAfter, type PlainDate } from '@yoman/domain/time'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { atOnce } from '../allocation-numbers/at-once.ts'
import { type Accounting, serviceOf } from './secret.ts'
import { lose, mostLetters } from './try-connection.ts'

/** An entry whose date somebody moved is looked for this far outside of the period. */
const daysAround = 31
const againMinutes = 10
/** Two workers' clocks may differ: what was only just sent, and never seen there, is not missing yet. */
const toleranceSeconds = 120
/** At this hour of the clinic's night, by the machine's clock. */
const nightlyHour = 2
const longestMonths = 24

interface Claim {
  connectionId: string
  attempt: number
  service: AccountingService
  from: PlainDate
  to: PlainDate
  zone: string
  startedAt: Instant
}

/** Asks for a period to be read back soon. Refuses `accounting_off`, `book_period_invalid` (ends before it begins, or more than two years). */
export async function askForReading(ctx: Context, { from, to }: { from: PlainDate; to: PlainDate }): Promise<void> {
  allowWhole(ctx, 'books.export')
  if (from.toString() > to.toString() || from.add({ months: longestMonths }).toString() < to.toString()) throw new Refusal('book_period_invalid')
  await transact(ctx, async (tx) => {
    const row = await lockAccounting(tx)
    if (row?.state !== 'connected') throw new Refusal('accounting_off')
    await saveAccounting(tx, row.id, { read_from: from, read_to: to, read_next_at: atOnce, read_problem: null, read_message: '' })
    await recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'reading', fromDate: from.toString(), toDate: to.toString() } }])
  })
}

/**
 * Reads the ledger back and lays it beside what was sent: of the period that somebody asked for, else of this month and the one before. Claims and
 * commits, calls, and settles. @returns how many documents stand elsewhere than before; null where nothing was read.
 */
export async function readBack(ctx: Context, accounting: Accounting): Promise<number | null> {
  const claim = await transact(ctx, (tx) => take(tx, ctx, accounting))
  if (!claim) return null
  const answer = await claim.service.readBack(claim.from.subtract({ days: daysAround }), claim.to.add({ days: daysAround }))
  return transact(ctx, (tx) => settle(tx, ctx, claim, answer, accounting.machineClock.now()))
}

async function take(tx: Tx, ctx: Context, { open, machineClock, leaseSeconds }: Accounting): Promise<Claim | null> {
  const now = machineClock.now()
  const row = await lockAccounting(tx)
  if (row?.state !== 'connected' || !row.read_next_at || isAfter(row.read_next_at, now) || (row.read_lease_until && isAfter(row.read_lease_until, now))) return null
  const { zone } = await loadBookGround(tx)
  const today = dateIn(zone, ctx.now)
  const attempt = row.read_attempt + 1
  // A long ledger takes many pages.
  await saveAccounting(tx, row.id, { read_attempt: attempt, read_lease_until: now.add({ seconds: leaseSeconds * 10 }) })
  const [from, to] = row.read_from && row.read_to ? [row.read_from, row.read_to] : [today.with({ day: 1 }).subtract({ months: 1 }), today]
  return { connectionId: row.id, attempt, service: await serviceOf(tx, ctx, open, row), from, to, zone, startedAt: now }
}

async function settle(tx: Tx, ctx: Context, claim: Claim, answer: FindAnswer, now: Instant): Promise<number | null> {
  const row = await lockAccounting(tx)
  if (row?.id !== claim.connectionId || row.read_attempt !== claim.attempt) return null
  if (answer.kind === 'unauthorised') {
    await saveAccounting(tx, row.id, { read_lease_until: null })
    await lose(tx, ctx, row)
    return null
  }
  if (answer.kind !== 'found') {
    const isRefused = answer.kind === 'refused'
    await saveAccounting(tx, row.id, { read_problem: isRefused ? 'rejected' : 'unreachable', read_message: answer.message.slice(0, mostLetters), read_lease_until: null, read_next_at: isRefused ? nextNight(claim.zone, now) : now.add({ minutes: againMinutes }) })
    await recordEvents(tx, ctx, [{ name: 'accounting.changed', subject: { type: 'clinic', id: ctx.clinicId }, details: { step: 'read', problem: answer.kind } }])
    return null
  }
  const moved = await lay(tx, ctx, claim, row, answer.entries)
  // What somebody asked for meanwhile is still to be read.
  const isWhatWasAsked = !row.read_from || !row.read_to || (row.read_from.equals(claim.from) && row.read_to.equals(claim.to))
  await saveAccounting(tx, row.id, { read_at: ctx.now, read_problem: null, read_message: '', read_lease_until: null, ...(isWhatWasAsked ? { read_from: null, read_to: null, read_next_at: nextNight(claim.zone, now) } : {}) })
  await recordEvents(tx, ctx, [{ name: 'accounting.read_back', subject: { type: 'clinic', id: ctx.clinicId }, details: { fromDate: claim.from.toString(), toDate: claim.to.toString(), count: moved } }])
  return moved
}

/** Lays what was read beside what was sent before the reading began. @returns how many documents stand elsewhere than before. */
async function lay(tx: Tx, ctx: Context, { connectionId, from, to, startedAt }: Claim, { accounts }: AccountingConnectionRow, held: readonly FoundEntry[]): Promise<number> {
  const found = byReference(held)
  const sent = await sentEntries(tx, connectionId, { from, to }, startedAt)
  const compared = sent.map((one) => ({ one, next: readOne(one, found) })).filter(({ one, next }) => next.state !== 'missing' || one.state !== 'sent' || !isAfter(one.sentAt.add({ seconds: toleranceSeconds }), startedAt))
  await saveRead(tx, connectionId, compared.map(({ next }) => next))
  const moved = compared.filter(({ one, next }) => one.state !== next.state)
  await insertAttempts(tx, moved.map(({ one, next }) => ({
    clinic_id: ctx.clinicId, id: uuid(), connection_id: connectionId, invoice_id: one.invoiceId, attempt: one.attempt, at: ctx.now, outcome: outcomes[next.state], payload_hash: null, service_id: next.serviceId, message: next.differences.join(' '), made_by: null,
  })))
  const known = await knownReferences(tx, [...found.keys()])
  const strangers = strangersAmong(held, known, accounts.income).filter(({ date }) => date.toString() >= from.toString() && date.toString() <= to.toString())
  await replaceStrangers(tx, connectionId, { from, to }, strangers.map(({ id, date, reference, lines }) => ({ serviceId: id.slice(0, 100), day: date, reference, totalAgorot: totalOf(lines) })), ctx.now)
  return moved.length
}

const outcomes = { accepted: 'read_accepted', different: 'read_different', missing: 'read_missing' } as const

function readOne({ invoiceId, attempt, payload, serviceId }: SentEntry, found: ReadonlyMap<string, FoundEntry[]>): ReadEntry & { state: keyof typeof outcomes } {
  const entry = JSON.parse(payload) as AccountingEntry // written when it was sent
  const { state, held, differences, ...next } = afterReading(compareEntry(entry, found.get(entry.reference) ?? []), serviceId)
  return { invoiceId, attempt, state, serviceId: next.serviceId, held: held && { id: held.id, date: held.date.toString(), lines: held.lines }, heldAgorot: held && totalOf(held.lines), differences }
}

function nextNight(zone: string, now: Instant): Instant {
  const here = now.toZonedDateTimeISO(zone)
  const night = here.withPlainTime({ hour: nightlyHour, minute: 30 })
  return (isAfter(night.toInstant(), now) ? night : night.add({ days: 1 })).toInstant()
}
