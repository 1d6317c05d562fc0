import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { isPatient } from '@yoman/db/debts/promises'
import { findMailable } from '@yoman/db/invoices/mailable'
import { findMessage, insertMessage } from '@yoman/db/messages/queries'
import { hoursOfClinic } from '@yoman/db/messages/sending'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { findReaders } from '@yoman/db/statements/accounts'
import { findStatement, insertStatement } from '@yoman/db/statements/queries'
import { findStatementSetting } from '@yoman/db/statements/settings'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { maySendAt } from '@yoman/domain/reminders/sending-hours'
import { isWorthTelling, monthToTell } from '@yoman/domain/statements/statement'
import { type PlainDate, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import { recordEvents } from '../record-events.ts'
import { readByValues, transact } from '../transact.ts'
import { readerOf, statementContent, type WrittenStatement } from './content.ts'

/** What could not leave for so long is old news. */
const usefulDays = 5

export interface StatementToSay {
  language: 'he' | 'ar' | 'ru' | 'en'
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  phone: string
  /** Its first day. */
  month: PlainDate
  /** In agorot. */
  owed: number
}

/** Finds the words around a statement. Given by whoever sends: the use cases know no language. */
export type ComposeStatement = (toSay: StatementToSay) => { subject: string; body: string }

/** Who gets a statement of which month now, by id; nobody on other days, at hours at which nothing may leave, and where the clinic wants none. */
export function dueStatements(ctx: Context): Promise<{ month: PlainDate; readerIds: string[] } | null> {
  return readByValues(ctx, async (db) => {
    const { readers, day } = await findStatementSetting(db)
    if (readers === 'nobody' || !maySendAt(await hoursOfClinic(db), ctx.now)) return null
    const { today } = await groundOf(ctx, db)
    const month = monthToTell(today, day)
    return month && { month, readerIds: await findReaders(db, { today, month, readers }) }
  })
}

/**
 * Writes the statement of a month for a reader, and queues its mail, once: whoever comes second finds the row. Where it cannot be mailed it is
 * kept with the reason, for the desk.
 * @returns `gone` where there is nothing to tell any more, or somebody told it.
 */
export function writeStatement(ctx: Context, readerId: string, month: PlainDate, compose: ComposeStatement): Promise<'queued' | 'skipped' | 'gone'> {
  return transact(ctx, async (tx) => {
    const { readers } = await findStatementSetting(tx)
    const written = await statementContent(tx, readerId, month, await groundOf(ctx, tx))
    if (!written || !isWorthTelling(written.content, readers)) return 'gone'
    const way = await wayTo(tx, readerId, written)
    const id = uuid()
    if (!(await keep(tx, ctx, { id, readerId, month, skipReason: 'reason' in way ? way.reason : null }, written))) return 'gone'
    if ('reason' in way) return 'skipped'
    await queue(tx, ctx, { id: uuid(), key: `statement-${readerId}-${month.toString()}`, address: way.address, statementId: id, readerId }, written, compose)
    return 'queued'
  })
}

/**
 * The desk mails the statement of a month now, whatever the clinic's rule is: kept under the id of its message, so that asking twice is asking once.
 * Refuses `no_consent`, `nothing_to_send_to`, `id_taken`.
 */
export async function mailStatement(ctx: Context, patientId: string, { id, month }: { id: string; month: PlainDate }, compose: ComposeStatement): Promise<void> {
  allow(ctx.actor, 'message.send')
  allow(ctx.actor, 'invoice.read')
  await transact(ctx, async (tx) => {
    const ground = await groundOf(ctx, tx)
    if (!(await isPatient(tx, patientId))) throw new NotFound('patient')
    const readerId = await readerOf(tx, patientId, ground.today)
    const known = await findStatement(tx, id)
    if (known ? known.patientId !== readerId : await findMessage(tx, id)) throw new Refusal('id_taken')
    if (known) return
    const written = await statementContent(tx, readerId, month, ground)
    if (!written) throw new NotFound('patient')
    const way = await wayTo(tx, readerId, written)
    if ('reason' in way && way.reason !== 'paused') throw new Refusal(way.reason)
    const { address } = await findMailable(tx, readerId)
    if (!(await keep(tx, ctx, { id, readerId, month, skipReason: null }, written))) throw new Refusal('id_taken')
    await queue(tx, ctx, { id, key: `statement-${id}`, address: address ?? '', statementId: id, readerId }, written, compose)
  })
}

/** Where it may be mailed, or why not. Consent beforehand is that to documents by e-mail. */
async function wayTo(tx: Tx, readerId: string, { accounts }: WrittenStatement): Promise<{ address: string } | { reason: 'nothing_to_send_to' | 'no_consent' | 'paused' }> {
  if (accounts.some(({ unspoken }) => unspoken)) return { reason: 'nothing_to_send_to' }
  const { address, consented } = await findMailable(tx, readerId)
  if (!consented) return { reason: 'no_consent' }
  if (address === null) return { reason: 'nothing_to_send_to' }
  return accounts.some(({ paused }) => paused) ? { reason: 'paused' } : { address }
}

const keep = (tx: Tx, ctx: Context, { id, readerId, month, skipReason }: { id: string; readerId: string; month: PlainDate; skipReason: string | null }, { content }: WrittenStatement): Promise<boolean> =>
  insertStatement(tx, { clinic_id: ctx.clinicId, id, patient_id: readerId, month, content, owed_agorot: content.owed, skip_reason: skipReason, made_by: ctx.actor.staffId, made_at: ctx.now })

interface Posted {
  id: string
  key: string
  address: string
  statementId: string
  readerId: string
}

async function queue(tx: Tx, ctx: Context, { id, key, address, statementId, readerId }: Posted, { content, givenName, branchId }: WrittenStatement, compose: ComposeStatement): Promise<void> {
  const { language, clinic, owed, from } = content
  const words = compose({ language, own: (await findTemplate(tx, 'statement', 'email', language)) ?? null, patientFirstName: givenName, clinicName: clinic.name, phone: clinic.phone, month: plainDate(from), owed })
  await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind: 'statement', channel: 'email', patient_id: readerId, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: null, offer_id: null, statement_id: statementId,
    dedupe_key: key, language, to_address: address, ...words, not_before: ctx.now, useful_until: ctx.now.add({ hours: 24 * usefulDays }), created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: readerId, branchId, details: { kind: 'statement', statement: statementId } }])
}
