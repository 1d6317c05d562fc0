import { type Insertable, type Selectable, sql } from 'kysely'
import type { ChequeState } from '@yoman/domain/cheques/move'
import type { Cheque } from '@yoman/domain/invoices/invoice'
import { type PlainDate, plainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ChequeDepositTable, ChequeMoveTable } from './table.ts'

/** A cheque as the desk looks through them. */
export interface ListedCheque {
  id: string
  state: ChequeState
  amount: number
  /** Of cheques of before there were facts of them, the day on which they came. */
  dueOn: PlainDate
  receivedOn: PlainDate
  /** Null for cheques of old, whose facts stand in the reference. */
  facts: Omit<Cheque, 'dueOn'> | null
  reference: string
  branchId: string
  zone: string
  patientId: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** Null while it waits for its visit's document. */
  receiptId: string | null
  /** What is owed for it: the request, or its voucher where it was taxed; null where it is not gone. */
  owedOnId: string | null
  voucherId: string | null
  depositId: string | null
  movedOn: PlainDate | null
  reason: string
  feeAgorot: number
}

export interface ChequeFilter {
  branchId?: string
  state?: ChequeState
  depositId?: string
  ids?: readonly string[]
  after?: { dueOn: string; id: string }
}

/** Cheques of the clinic by the days on which they are due, the earliest first. */
export async function listCheques(db: Db, { branchId, state, depositId, ids, after }: ChequeFilter, limit: number): Promise<ListedCheque[]> {
  const { rows } = await sql<Omit<ListedCheque, 'dueOn' | 'receivedOn' | 'movedOn'> & { dueOn: string; receivedOn: string; movedOn: string | null }>`
    select * from (${cheques}) c
    where (${branchId ?? null}::uuid is null or c."branchId" = ${branchId ?? null}::uuid) and (${state ?? null}::text is null or c.state = ${state ?? null}::text)
      and (${depositId ?? null}::uuid is null or c."depositId" = ${depositId ?? null}::uuid) and (${ids ?? null}::uuid[] is null or c.id = any(${ids ?? null}::uuid[]))
      and (${after?.dueOn ?? null}::text is null or (c."dueOn", c.id) > (${after?.dueOn ?? null}::text, ${after?.id ?? null}::uuid))
    order by c."dueOn", c.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, dueOn: plainDate(row.dueOn), receivedOn: plainDate(row.receivedOn), movedOn: row.movedOn === null ? null : plainDate(row.movedOn) }))
}

const cheques = sql`
  select p.id, state_of_cheque(p.clinic_id, p.id) as state, p.amount_agorot as amount, coalesce(p.cheque_due_on, (p.received_at at time zone b.time_zone)::date)::text as "dueOn",
    (p.received_at at time zone b.time_zone)::date::text as "receivedOn",
    case when p.cheque_number is not null then jsonb_build_object('number', p.cheque_number, 'bank', p.cheque_bank, 'branch', p.cheque_branch, 'account', p.cheque_account) end as facts, p.reference,
    b.id as "branchId", b.time_zone as zone, p.patient_id as "patientId", t.given_name as "givenName", t.family_name as "familyName", t.given_name_latin as "givenNameLatin", t.family_name_latin as "familyNameLatin",
    p.invoice_id as "receiptId", g.id as "voucherId", case when g.id is null then null when taxed_by(p.clinic_id, g.id) is not null then g.id when v.based_on_id is not null then v.based_on_id
      else (select u.request_id from advance_use u where u.clinic_id = p.clinic_id and u.advance_id = v.id order by u.used_at desc, u.id desc limit 1) end as "owedOnId",
    (select m.deposit_id from cheque_move m where m.clinic_id = p.clinic_id and m.payment_id = p.id and m.state = 'deposited') as "depositId",
    last.moved_on::text as "movedOn", coalesce(last.reason, '') as reason, coalesce(last.fee_agorot, 0) as "feeAgorot"
  from payment p join patient t on t.clinic_id = p.clinic_id and t.id = p.patient_id
    left join appointment a on a.clinic_id = p.clinic_id and a.id = p.appointment_id
    left join invoice v on v.clinic_id = p.clinic_id and v.id = p.invoice_id
    left join invoice g on g.clinic_id = p.clinic_id and g.cheque_id = p.id and g.kind = '410'
    join branch b on b.clinic_id = p.clinic_id and b.id = coalesce(p.branch_id, a.branch_id, v.branch_id)
    left join lateral (select m.moved_on, m.reason, m.fee_agorot from cheque_move m where m.clinic_id = p.clinic_id and m.payment_id = p.id and m.state = state_of_cheque(p.clinic_id, p.id)) last on true
  where p.clinic_id = current_clinic() and p.method = 'cheque'`

/** Keeps cheques from whoever else wants to move them, in one order. */
export async function lockCheques(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select from payment where clinic_id = current_clinic() and id = any(${ids}::uuid[]) order by id for update`.execute(tx)
}

export async function insertMoves(tx: Tx, rows: readonly Insertable<ChequeMoveTable>[]): Promise<void> {
  await tx.insertInto('cheque_move').values(rows).execute()
}

export interface ListedDeposit extends Pick<Selectable<ChequeDepositTable>, 'id' | 'branch_id' | 'number' | 'account' | 'deposited_on' | 'made_at' | 'made_by'> {
  made_by_name: string
  cheques: number
  total: number
}

/** The next number of a branch's slips; others who write one there wait until this transaction is over. */
export async function takeSlipNumber(tx: Tx, branchId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('cheque slips ' || ${branchId}::text, 0))`.execute(tx)
  const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next from cheque_deposit where clinic_id = current_clinic() and branch_id = ${branchId}::uuid`.execute(tx)
  return rows[0]?.next ?? 1
}

export async function insertDeposit(tx: Tx, row: Insertable<ChequeDepositTable>): Promise<void> {
  await tx.insertInto('cheque_deposit').values(row).execute()
}

/** Slips of a branch, or one of them, the newest first. */
export async function listDeposits(db: Db, { branchId, id, before }: { branchId?: string; id?: string; before?: { at: string; id: string } }, limit: number): Promise<ListedDeposit[]> {
  const { rows } = await sql<ListedDeposit>`
    select d.id, d.branch_id, d.number, d.account, d.deposited_on, d.made_at, d.made_by, s.name as made_by_name,
      (select count(*)::integer from cheque_move m where m.clinic_id = d.clinic_id and m.deposit_id = d.id) as cheques,
      (select coalesce(sum(p.amount_agorot), 0)::bigint from cheque_move m join payment p on p.clinic_id = m.clinic_id and p.id = m.payment_id where m.clinic_id = d.clinic_id and m.deposit_id = d.id) as total
    from cheque_deposit d join staff s on s.clinic_id = d.clinic_id and s.id = d.made_by
    where d.clinic_id = current_clinic() and (${branchId ?? null}::uuid is null or d.branch_id = ${branchId ?? null}::uuid) and (${id ?? null}::uuid is null or d.id = ${id ?? null}::uuid)
      and (${before?.at ?? null}::timestamptz is null or (d.made_at, d.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by d.made_at desc, d.id desc limit ${limit}`.execute(db)
  return rows
}

/** What bills deducted of an advance, the last first. */
export async function usesOfAdvance(db: Db, advanceId: string): Promise<{ requestId: string; left: number }[]> {
  const { rows } = await sql<{ requestId: string; left: number }>`
    select u.request_id as "requestId", sum(u.amount_agorot)::bigint as left from advance_use u where u.clinic_id = current_clinic() and u.advance_id = ${advanceId}::uuid
    group by u.request_id having sum(u.amount_agorot) > 0 order by max(u.used_at) desc, u.request_id`.execute(db)
  return rows
}

/** Whether a cheque was taxed: by its own tax invoice, or with the document that receipted it. */
export async function isTaxedCheque(db: Db, voucherId: string): Promise<boolean> {
  const { rows } = await sql<{ taxed: boolean }>`select taxed_by(current_clinic(), ${voucherId}::uuid) is not null as taxed`.execute(db)
  return rows[0]?.taxed ?? false
}
