import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { lockAccounting, saveAccounting } from '@yoman/db/accounting/connection'
import { type AccountingEntryRow, findJournalDocument, insertAttempts, lockEntry, queueEntries, saveEntry, wasEverTaken } from '@yoman/db/accounting/entries'
import type { Tx } from '@yoman/db/database'
import { compareEntry } from '@yoman/domain/accounting/compare'
import { type AccountingEntry, type AccountKeys, canonicalEntry, entryOf, totalOf } from '@yoman/domain/accounting/entry'
import type { AccountingService, FoundEntry, PushAnswer } from '@yoman/domain/accounting/service'
import { afterPush, afterReading, firstPauseSeconds, type NextEntryState } from '@yoman/domain/accounting/state'
import { type Instant, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type Accounting, serviceOf } from './secret.ts'
import { lose, mostLetters } from './try-connection.ts'

const atOnce = 500

/** Gives each document that was issued since the last look its row, in steps. Two workers at once do it one after the other. */
export async function queueDocuments(ctx: Context, { machineClock, leaseSeconds }: Accounting): Promise<void> {
  for (let more = true; more; ) {
    more = await transact(ctx, async (tx) => {
      const row = await lockAccounting(tx)
      if (row?.state !== 'connected') return false
      const next = await queueEntries(tx, { connectionId: row.id, firstOn: row.first_on, vatNumber: row.vat_number, queued: row.queued }, { quietSeconds: firstPauseSeconds, leaseSeconds }, ctx.now, machineClock.now(), atOnce)
      await saveAccounting(tx, row.id, { queued: next.queued })
      return next.more
    })
  }
}

interface Claim {
  connectionId: string
  invoiceId: string
  attempt: number
  hash: string
  entry: AccountingEntry
  service: AccountingService
  wasTaken: boolean
  /** By the machine's clock: nothing is written there later. */
  writeUntil: Instant
}

type Answer = PushAnswer | { kind: 'found'; entries: FoundEntry[] }
export type Pushed = 'sent' | 'accepted' | 'different' | 'refused' | 'waiting' | 'unauthorised' | 'gone'

/**
 * Sends one document's entry: claims it and commits, looks for its reference at the service, writes it where it is not there, and settles. Whoever dies
 * in between leaves a lease that ends, and the next finds by the reference what was written.
 */
export async function pushEntry(ctx: Context, accounting: Accounting, invoiceId: string): Promise<Pushed> {
  const claim = await transact(ctx, (tx) => take(tx, ctx, accounting, invoiceId))
  if (!claim) return 'gone'
  const answer = await ask(claim, accounting)
  return transact(ctx, (tx) => settle(tx, ctx, claim, answer, accounting.machineClock.now()))
}

async function take(tx: Tx, ctx: Context, { open, machineClock, leaseSeconds }: Accounting, invoiceId: string): Promise<Claim | null> {
  const now = machineClock.now()
  const connection = await lockAccounting(tx) // whoever connects anew sees this try
  if (connection?.state !== 'connected') return null
  const row = await lockEntry(tx, connection.id, invoiceId)
  if (!row || !isDue(row, now)) return null
  const { entry, kept } = row.payload === null ? await made(tx, invoiceId, connection.accounts) : { entry: JSON.parse(row.payload) as AccountingEntry, kept: {} } // written by the line below
  const hash = hashOf(canonicalEntry(entry))
  if (row.payload_hash !== null && row.payload_hash !== hash) throw new Error('what is sent is what was kept')
  const attempt = row.attempt + 1
  await saveEntry(tx, row, { ...kept, state: 'sending', attempt, lease_until: now.add({ seconds: leaseSeconds }) })
  const service = await serviceOf(tx, ctx, open, connection)
  return { connectionId: connection.id, invoiceId, attempt, hash, entry, service, wasTaken: await wasEverTaken(tx, invoiceId), writeUntil: now.add({ milliseconds: leaseSeconds * 500 }) }
}

const hashOf = (payload: string): string => createHash('sha256').update(payload).digest('hex')

async function made(tx: Tx, invoiceId: string, keys: AccountKeys) {
  const document = await findJournalDocument(tx, invoiceId)
  const entry = document && entryOf(document, keys)
  if (!entry) throw new Error('a document that moves nothing has no entry to send')
  const payload = canonicalEntry(entry)
  return { entry, kept: { payload, payload_hash: hashOf(payload), reference: entry.reference, total_agorot: totalOf(entry.lines) } }
}

const isDue = ({ state, next_at, lease_until }: AccountingEntryRow, now: Instant): boolean =>
  state === 'waiting' ? next_at !== null && !isAfter(next_at, now) : state === 'sending' && lease_until !== null && !isAfter(lease_until, now)

/** A service that cannot be looked through is not written to: it may have the entry. */
async function ask({ entry, service, wasTaken, writeUntil }: Claim, { machineClock }: Accounting): Promise<Answer> {
  const found = await service.find(entry, wasTaken)
  if (found.kind === 'refused') return { kind: 'unreachable', message: found.message }
  if (found.kind !== 'found') return found
  if (found.entries.length > 0) return found
  // Somebody else may have taken it over by the time it would be written.
  if (isAfter(machineClock.now(), writeUntil)) return { kind: 'unreachable', message: 'Looking took too long to write.' }
  return service.push(entry)
}

/** Every answer is kept; the state follows it where nobody took the entry over meanwhile. */
async function settle(tx: Tx, ctx: Context, { connectionId, invoiceId, attempt, hash, entry }: Claim, answer: Answer, now: Instant): Promise<Pushed> {
  const connection = answer.kind === 'unauthorised' ? await lockAccounting(tx) : undefined
  const row = await lockEntry(tx, connectionId, invoiceId)
  if (!row) throw new Error('an entry is never removed')
  const next = answer.kind === 'found' ? afterReading(compareEntry(entry, answer.entries), null) : afterPush(answer, attempt)
  const message = 'message' in answer ? answer.message.slice(0, mostLetters) : ''
  await insertAttempts(tx, [{ clinic_id: ctx.clinicId, id: uuid(), connection_id: connectionId, invoice_id: invoiceId, attempt, at: ctx.now, outcome: answer.kind, payload_hash: hash, service_id: next.serviceId, message, made_by: null }])
  if (row.state !== 'sending' || row.attempt !== attempt) return 'gone'
  await saveEntry(tx, row, { ...changesOf(next, now), service_id: next.serviceId ?? row.service_id, message, account: answer.kind === 'refused' ? answer.account : null })
  await recordEvents(tx, ctx, [{ name: 'accounting_entry.changed', subject: { type: 'invoice', id: invoiceId }, details: { state: next.state, problem: next.problem } }])
  if (connection?.id === connectionId) await lose(tx, ctx, connection)
  return answer.kind === 'unauthorised' ? 'unauthorised' : (next.state as Pushed) // a push leaves nothing missing
}

function changesOf({ state, problem, held, differences, againInSeconds }: NextEntryState, now: Instant) {
  return {
    state, problem, differences, held: held && { id: held.id, date: held.date.toString(), lines: held.lines }, held_agorot: held && totalOf(held.lines),
    lease_until: null, next_at: againInSeconds === null ? null : now.add({ seconds: againInSeconds }), ...(state === 'waiting' || state === 'refused' ? {} : { sent_at: now }),
  }
}
