import type { Db } from '@yoman/db/database'
import { type DebtDocument, type DebtFilter, type DebtorRow, type DebtTotals, listDebtDocuments, listDebtors, sumDebts } from '@yoman/db/debts/lists'
import { notBilled } from '@yoman/db/debts/not-billed'
import { isPatient } from '@yoman/db/debts/promises'
import { type DebtReminderShown, findPause, listDebtReminders } from '@yoman/db/debts/reminders'
import { findDebtSetting } from '@yoman/db/debts/settings'
import { listWrittenOff, sumWrittenOff, type WrittenOff } from '@yoman/db/debts/write-offs'
import { zoneOfClinic } from '@yoman/db/messages/sending'
import { allow, allowIn } from '@yoman/domain/access'
import { type Age, ageOf } from '@yoman/domain/debts/ageing'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { dateKey, decodeCursor, encodeCursor, uuidKey } from '../cursor.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 50
const organisationKey = (key: string): boolean => key === '' || uuidKey(key)
/** Rows of the file that are read at once. */
const fileRows = 500
/** A visit that ended longer ago and has no document was settled in some other way. */
const notBilledDays = 60
const writtenOffDays = 365

export interface DebtQuery {
  branchId?: string
  age?: Age
}

export interface DebtPage {
  items: DebtorRow[]
  next: string | null
  totals: DebtTotals
  notBilled: { visits: number; totalAgorot: number }
  writtenOff: { documents: number; totalAgorot: number }
  today: PlainDate
}

/** Who owes, with the sums of the whole list. */
export function pageOfDebts(ctx: Context, { cursor, limit = usualLimit, ...query }: DebtQuery & { cursor?: string; limit?: number }): Promise<DebtPage> {
  allowRead(ctx, query)
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, [dateKey, uuidKey, organisationKey]) as [string, string, string]) // as many as forms
  return readByValues(ctx, async (db) => {
    const ground = await groundOf(ctx, db)
    const filter: DebtFilter = { ...ground, ...query }
    const period = { start: ctx.now.subtract({ hours: 24 * notBilledDays }), end: ctx.now }
    const [rows, totals, waiting, writtenOff] = await Promise.all([listDebtors(db, { ...filter, after }, limit + 1), sumDebts(db, filter), notBilled(db, period, query.branchId), sumWrittenOff(db, ctx.now.subtract({ hours: 24 * writtenOffDays }), query.branchId)])
    return { ...pageOf(rows, limit), totals, notBilled: waiting, writtenOff, today: ground.today }
  })
}

/** The whole list, some hundreds at a time: each batch a look of its own, so that no transaction is open while somebody downloads. */
export async function* allDebtors(ctx: Context, query: DebtQuery): AsyncGenerator<DebtorRow[]> {
  allowRead(ctx, query)
  for (let after: ReturnType<typeof keyOf> | undefined; ; ) {
    const rows = await readByValues(ctx, async (db) => listDebtors(db, { ...(await groundOf(ctx, db)), ...query, after }, fileRows))
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = keyOf(last)
  }
}

export interface DebtCase {
  documents: (DebtDocument & { age: Age })[]
  reminders: DebtReminderShown[]
  pause: { untilOn: PlainDate; reason: string } | null
  writtenOff: WrittenOff[]
}

/** The documents that a patient owes something on, and what was done about them. Throws `NotFound`. */
export function debtsOf(ctx: Context, patientId: string): Promise<DebtCase> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    if (!(await isPatient(db, patientId))) throw new NotFound('patient')
    const ground = await groundOf(ctx, db)
    const [documents, reminders, pause, writtenOff] = await Promise.all([listDebtDocuments(db, { ...ground, patientId }), listDebtReminders(db, patientId), findPause(db, patientId, ground.today), listWrittenOff(db, patientId)])
    return { documents: documents.map((one) => ({ ...one, age: ageOf(one.dueOn, ground.today) })), reminders, pause: pause ? { untilOn: pause.until_on, reason: pause.reason } : null, writtenOff }
  })
}

/** The clinic's day, and its term of payment. */
export async function groundOf(ctx: Context, db: Db): Promise<{ today: PlainDate; daysToPay: number }> {
  const [zone, { daysToPay }] = await Promise.all([zoneOfClinic(db), findDebtSetting(db)])
  return { today: dateIn(zone, ctx.now), daysToPay }
}

function allowRead(ctx: Context, { branchId }: DebtQuery): void {
  if (branchId === undefined) allow(ctx.actor, 'invoice.read')
  else allowIn(ctx.actor, 'invoice.read', branchId)
}

const keyOf = ({ oldestDueOn, patientId, organisation }: DebtorRow): readonly [string, string, string] => [oldestDueOn.toString(), patientId, organisation?.id ?? '']

function pageOf(rows: readonly DebtorRow[], limit: number): Pick<DebtPage, 'items' | 'next'> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([...keyOf(last)]) : null }
}
