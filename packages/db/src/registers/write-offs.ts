import { sql } from 'kysely'
import type { GivenUpDebt, GivenUpSum } from '@yoman/domain/registers/write-offs'
import type { DayRange } from '@yoman/domain/reports/period'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { balance } from '../invoices/lists.ts'
import { payerOf } from './payer-name.ts'

export interface GivenUpWanted {
  range: DayRange
  /** Null: all of the clinic. */
  branchIds: readonly string[] | null
}

/** Debts that stand as given up in a period: what was owed then less what is unpaid now came in since. */
const givenUp = ({ range: { from, to }, branchIds }: GivenUpWanted) => sql`
  select w.id, w.made_at as at, (w.made_at at time zone b.time_zone)::date as "on", b.name as branch, b.name_en as "branchEn",
    v.id as "invoiceId", v.kind, v.number, v.patient_id as "patientId", v.payer->>'nameLatin' as "nameLatin", v.payer, w.amount_agorot as amount, (w.amount_agorot - (${balance}))::bigint as "cameIn", w.reason, w.made_by
  from debt_write_off w join invoice v on v.clinic_id = w.clinic_id and v.id = w.invoice_id join branch b on b.clinic_id = v.clinic_id and b.id = v.branch_id
  where w.clinic_id = current_clinic() and w.ended_at is null and (w.made_at at time zone b.time_zone)::date between ${from}::date and ${to}::date
    and (${branchIds === null}::boolean or v.branch_id = any(${[...(branchIds ?? [])]}::uuid[]))`

/** The next of them after a place, the oldest first. */
export async function givenUpAfter(db: Db, wanted: GivenUpWanted, after: { at: Instant; id: string } | null, limit: number): Promise<GivenUpDebt[]> {
  const payer = payerOf('g', 'p.given_name', 'p.family_name', 'p.given_name_latin', 'p.family_name_latin')
  const { rows } = await sql<GivenUpDebt>`
    select g.id, g.at, g."on", g.branch, g."branchEn", g."invoiceId", g.kind, g.number, g."patientId", ${payer} as payer, case when ${payer} = '' then '' else coalesce(g."nameLatin", '') end as "payerLatin",
      g.amount, g."cameIn", g.reason, s.name as by, s.name_en as "byEn", p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin"
    from (${givenUp(wanted)} and (${after?.at ?? null}::timestamptz is null or (w.made_at, w.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)) order by w.made_at, w.id limit ${limit}) g
      join patient p on p.clinic_id = current_clinic() and p.id = g."patientId" join staff s on s.clinic_id = current_clinic() and s.id = g.made_by
    order by g.at, g.id`.execute(db)
  return rows
}

/** All of them together. */
export async function sumGivenUp(db: Db, wanted: GivenUpWanted): Promise<GivenUpSum> {
  const { rows } = await sql<GivenUpSum>`
    select count(*)::int as documents, coalesce(sum(amount), 0)::bigint as amount, coalesce(sum("cameIn"), 0)::bigint as "cameIn" from (${givenUp(wanted)}) g`.execute(db)
  return rows[0] ?? { documents: 0, amount: 0, cameIn: 0 }
}
