import { isPatient } from '@yoman/db/debts/promises'
import { findStatement, type KeptStatement, listStatements, type ListedStatement, monthsWithStatements, type StatementTotals, sumStatements } from '@yoman/db/statements/queries'
import { allow } from '@yoman/domain/access'
import type { DocumentLanguage } from '@yoman/domain/plans/shown'
import { NotFound } from '@yoman/domain/refusal'
import type { AccountStatement } from '@yoman/domain/statements/statement'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, textKey, uuidKey } from '../cursor.ts'
import { groundOf } from '../debts/read.ts'
import { readByValues } from '../transact.ts'
import { readerOf, statementContent } from './content.ts'

const usualLimit = 50

export interface StatementPage {
  items: ListedStatement[]
  next: string | null
  /** Of the whole month. */
  totals: StatementTotals
  /** Those that have statements, newest first. */
  months: PlainDate[]
}

/** The statements of a month, by the reader's name. */
export function pageOfStatements(ctx: Context, { month, unreached = false, cursor, limit = usualLimit }: { month: PlainDate; unreached?: boolean; cursor?: string; limit?: number }): Promise<StatementPage> {
  allow(ctx.actor, 'invoice.read')
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, [textKey, uuidKey]) as [string, string]) // as many as forms
  return readByValues(ctx, async (db) => {
    const [rows, totals, months] = [await listStatements(db, month, { unreached, after }, limit + 1), await sumStatements(db, month), await monthsWithStatements(db)]
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, totals, months, next: rows.length > limit && last ? encodeCursor([`${last.familyName} ${last.givenName}`, last.id]) : null }
  })
}

/** One that was written, as it was. Throws `NotFound`. */
export function readStatement(ctx: Context, id: string): Promise<KeptStatement> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    const statement = await findStatement(db, id)
    if (!statement) throw new NotFound('statement')
    return statement
  })
}

/** The statement of a month for whoever pays for a patient, as it stands now; it is kept nowhere. Throws `NotFound`. */
export function showStatement(ctx: Context, patientId: string, month: PlainDate, language?: DocumentLanguage): Promise<{ readerId: string; content: AccountStatement }> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    if (!(await isPatient(db, patientId))) throw new NotFound('patient')
    const ground = await groundOf(ctx, db)
    const readerId = await readerOf(db, patientId, ground.today)
    const written = await statementContent(db, readerId, month, ground, language)
    if (!written) throw new NotFound('patient')
    return { readerId, content: written.content }
  })
}
