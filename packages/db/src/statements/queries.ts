import { type Insertable, sql } from 'kysely'
import type { AccountStatement } from '@yoman/domain/statements/statement'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { AccountStatementTable } from './table.ts'

const ofClinic = sql<string>`current_clinic()`

/** Keeps a statement; once a month of those that the worker writes. @returns whether it was not kept before. */
export async function insertStatement(tx: Tx, row: Omit<Insertable<AccountStatementTable>, 'content'> & { content: AccountStatement }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('account_statement').values({ ...row, content: JSON.stringify(row.content) }).onConflict((on) => on.doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export interface KeptStatement {
  id: string
  patientId: string
  month: PlainDate
  content: AccountStatement
  madeAt: Instant
  byHand: boolean
}

export async function findStatement(db: Db, id: string): Promise<KeptStatement | undefined> {
  return db.selectFrom('account_statement').select(['id', 'patient_id as patientId', 'month', 'content', 'made_at as madeAt']).select(sql<boolean>`made_by is not null`.as('byHand')).where('clinic_id', '=', ofClinic).where('id', '=', id).executeTakeFirst()
}

/** The one that a message carries. */
export async function statementOf(db: Db, messageId: string): Promise<KeptStatement | undefined> {
  const row = await db.selectFrom('message').select('statement_id').where('clinic_id', '=', ofClinic).where('id', '=', messageId).executeTakeFirst()
  return row?.statement_id ? findStatement(db, row.statement_id) : undefined
}

export type StatementState = 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped'

export interface ListedStatement {
  id: string
  patientId: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  phone: string | null
  owedAgorot: number
  madeAt: Instant
  byHand: boolean
  /** Of its latest mail; skipped also where none was made. */
  state: StatementState
  /** Why it did not arrive. */
  reason: string | null
}

/** Of a statement in a row `t`: its latest mail. */
const latestMail = sql`left join lateral (select m.state, m.error_code from message m where m.clinic_id = t.clinic_id and m.statement_id = t.id order by m.created_at desc, m.id desc limit 1) m on true`
const notArrived = sql<boolean>`(t.skip_reason is not null or m.state in ('failed', 'skipped'))`

/** Statements of a month by the reader's name, a page at a time; those alone that reached nobody, where asked. */
export async function listStatements(db: Db, month: PlainDate, { unreached, after }: { unreached: boolean; after?: readonly [name: string, id: string] | undefined }, limit: number): Promise<ListedStatement[]> {
  const { rows } = await sql<ListedStatement>`
    select t.id, t.patient_id as "patientId", p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin",
      (select f.number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1) as phone,
      t.owed_agorot as "owedAgorot", t.made_at as "madeAt", t.made_by is not null as "byHand", coalesce(m.state, 'skipped') as state, coalesce(t.skip_reason, m.error_code) as reason
    from account_statement t join patient p on p.clinic_id = t.clinic_id and p.id = t.patient_id ${latestMail}
    where t.clinic_id = current_clinic() and t.month = ${month}::date and (not ${unreached}::boolean or ${notArrived})
      and (${after?.[0] ?? null}::text is null or (p.family_name || ' ' || p.given_name, t.id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::uuid))
    order by p.family_name || ' ' || p.given_name, t.id limit ${limit}`.execute(db)
  return rows
}

export interface StatementTotals {
  statements: number
  unreached: number
  owedAgorot: number
}

export async function sumStatements(db: Db, month: PlainDate): Promise<StatementTotals> {
  const { rows } = await sql<StatementTotals>`
    select count(*)::int as statements, count(*) filter (where ${notArrived})::int as unreached, coalesce(sum(t.owed_agorot), 0)::bigint as "owedAgorot"
    from account_statement t ${latestMail} where t.clinic_id = current_clinic() and t.month = ${month}::date`.execute(db)
  return rows[0] ?? { statements: 0, unreached: 0, owedAgorot: 0 }
}

/** Months that have statements, newest first. */
export async function monthsWithStatements(db: Db): Promise<PlainDate[]> {
  const { rows } = await sql<{ month: PlainDate }>`select distinct month from account_statement where clinic_id = current_clinic() order by month desc limit 36`.execute(db)
  return rows.map(({ month }) => month)
}
