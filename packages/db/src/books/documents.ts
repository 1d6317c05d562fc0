import { sql } from 'kysely'
import { type BookDocument, customerKey } from '@yoman/domain/books/book-document'
import type { CardSlip, InvoiceKind, PaymentMethod } from '@yoman/domain/invoices/invoice'
import { type Instant, type PlainDate, plainDate, dateIn, timeIn } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface BookCut {
  from: PlainDate
  to: PlainDate
  vatNumber: string
  /** The last number of each kind that belongs to it. */
  cut: Partial<Record<InvoiceKind, number>>
}

export interface BookPosition {
  at: Instant
  id: string
}

interface Row {
  id: string
  kind: InvoiceKind
  number: number
  issuedOn: PlainDate
  issuedAt: Instant
  zone: string
  branch: number
  /** Whose record it was issued in, whatever that was merged into since. */
  patientId: string
  payer: { name: string; nameLatin?: string; address: string; dealerNumber?: string }
  by: string
  vatBasisPoints: number
  net: number
  vat: number
  total: number
  basedOn: { kind: InvoiceKind; number: number; issuedOn: string; branch: number } | null
  lines: { description: string; quantity: number; unitPrice: number; discount: number; total: number; priceItemId: string | null; item: string }[]
  payments: { method: PaymentMethod; amount: number; receivedOn: string; reference: string; cheque: { number: string; bank: string; branch: string; account: string; dueOn: string } | null; card: CardSlip | null }[]
}

const branches = sql`(select clinic_id, id, time_zone, (row_number() over (order by created_at, id))::integer as number from branch where clinic_id = current_clinic())`

// Whose the invoices were that came over with merges: a key in the books must stay what it was when they were first handed in.
const origins = sql`(select distinct on (r.row_key->>'id') (r.row_key->>'id')::uuid as invoice_id, g.merged_id
  from patient_merge_row r join patient_merge g on g.clinic_id = r.clinic_id and g.id = r.merge_id
  where r.clinic_id = current_clinic() and r.table_name = 'invoice' and r.column_name = 'patient_id' order by r.row_key->>'id', g.decided_at, g.id)`

/** The next documents of an export in the order they were issued, and where to go on: null at the end. */
export async function bookDocumentsAfter(db: Db, books: BookCut, after: BookPosition | null, limit: number): Promise<{ documents: BookDocument[]; next: BookPosition | null }> {
  const { rows } = await sql<Row>`
    with page as (
      select v.* from invoice v where ${within(books)} and v.business->>'vatNumber' = ${books.vatNumber}
        and (${after?.at ?? null}::timestamptz is null or (v.issued_at, v.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by v.issued_at, v.id limit ${limit}
    ), place as materialized ${branches}, origin as materialized ${origins}
    select v.id, v.kind, v.number, v.issued_on as "issuedOn", v.issued_at as "issuedAt", b.time_zone as zone, b.number as branch, coalesce(first.merged_id, v.patient_id) as "patientId", v.payer,
      coalesce(s.name, '') as by, v.vat_basis_points as "vatBasisPoints", v.net_agorot as net, v.vat_agorot as vat, v.total_agorot as total,
      (select jsonb_build_object('kind', o.kind, 'number', o.number, 'issuedOn', o.issued_on, 'branch', ob.number)
        from invoice o join place ob on ob.id = o.branch_id where o.clinic_id = v.clinic_id and o.id = v.based_on_id) as "basedOn",
      coalesce((select jsonb_agg(jsonb_build_object('description', l.description, 'quantity', l.quantity, 'unitPrice', l.unit_price_agorot, 'discount', l.discount_agorot, 'total', l.total_agorot,
          'priceItemId', l.price_item_id, 'item', coalesce(i.code, '')) order by l.line)
        from invoice_line l left join price_item i on i.clinic_id = l.clinic_id and i.id = l.price_item_id where l.clinic_id = v.clinic_id and l.invoice_id = v.id), '[]') as lines,
      coalesce((select jsonb_agg(jsonb_build_object('method', p.method, 'amount', p.amount_agorot, 'reference', p.reference,
          'receivedOn', (p.received_at at time zone b.time_zone)::date,
          'cheque', case when p.cheque_number is not null then jsonb_build_object('number', p.cheque_number, 'bank', p.cheque_bank, 'branch', p.cheque_branch, 'account', p.cheque_account, 'dueOn', p.cheque_due_on) end,
          'card', case when p.card_instalments is not null then jsonb_build_object('brand', p.card_brand, 'lastFour', p.card_last_four, 'instalments', p.card_instalments) end) order by p.received_at, p.id)
        from payment p where p.clinic_id = v.clinic_id and (p.invoice_id = v.id or (v.kind = '410' and p.id = v.cheque_id))),
        (select jsonb_agg(jsonb_build_object('method', r.method, 'amount', r.amount_agorot, 'reference', r.reference, 'receivedOn', (r.given_at at time zone b.time_zone)::date, 'cheque', null, 'card', null) order by r.given_at, r.id)
        from refund r where r.clinic_id = v.clinic_id and r.invoice_id = v.id), '[]') as payments
    from page v join place b on b.id = v.branch_id left join origin first on first.invoice_id = v.id left join staff s on s.clinic_id = v.clinic_id and s.id = v.issued_by
    order by v.issued_at, v.id`.execute(db)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { documents: rows.map(asDocument), next: last ? { at: last.issuedAt, id: last.id } : null }
}

/** Documents of the period that another dealer's number stands on: they belong to other books. */
export async function countOfOtherBusiness(db: Db, books: BookCut): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from invoice v where ${within(books)} and v.business->>'vatNumber' is distinct from ${books.vatNumber}`.execute(db)
  return rows[0]?.count ?? 0
}

/** The documents `v` of a cut. The date decides; the instants around it only let the index by time find the rows. */
export const within = ({ from, to, cut }: BookCut) => sql`v.clinic_id = current_clinic() and v.issued_on between ${from} and ${to}
  and v.issued_at between ${from}::date - interval '2 days' and ${to}::date + interval '3 days' and v.number <= coalesce((${JSON.stringify(cut)}::jsonb->>v.kind)::bigint, 0)`

const asDocument = (row: Row): BookDocument => ({
  kind: row.kind, number: row.number, date: row.issuedOn, madeOn: dateIn(row.zone, row.issuedAt), madeAt: timeIn(row.zone, row.issuedAt), branch: row.branch,
  customer: { key: customerKey(row.patientId), names: [row.payer.name, row.payer.nameLatin ?? ''].filter((name) => name !== ''), address: row.payer.address, dealerNumber: row.payer.dealerNumber ?? '' },
  by: row.by, vatBasisPoints: row.vatBasisPoints, net: row.net, vat: row.vat, total: row.total,
  basedOn: row.basedOn && { ...row.basedOn, issuedOn: plainDate(row.basedOn.issuedOn) },
  lines: row.lines, payments: row.payments.map(({ cheque, ...payment }) => ({ ...payment, receivedOn: plainDate(payment.receivedOn), cheque: cheque && { ...cheque, dueOn: plainDate(cheque.dueOn) } })),
})
