import { type RawBuilder, sql } from 'kysely'
import { discountKept, discountOn, type OffPrice } from '@yoman/domain/invoices/discount'
import type { PayerPart } from '@yoman/domain/invoices/payer-parts'
import type { PriceReason } from '@yoman/domain/prices/price-list'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { type Usual, usualJson, usualPrices } from '../prices/usual.ts'
import type { PaymentRow } from './payment.ts'
import type { Business, Payer } from './table.ts'

export interface BillLine {
  /** What was done; null for the one line of a visit that nobody wrote about. */
  procedureId: string | null
  priceItemId: string | null
  description: string
  quantity: number
  unitPrice: number
  /** Why it is that. */
  priceBy: PriceReason | null
  /** Agorot off the whole line. */
  discount: number
  /** Who took it off, and why; null where nothing is. */
  given: LineDiscount | null
}

export interface LineDiscount extends OffPrice {
  reason: string
  by: string
  byEn: string
  /** Instant text. */
  at: string
}

/** Somebody who pays a part of a visit. */
export interface BillPart extends PayerPart {
  name: string
  nameLatin: string
  /** The transaction invoice that asks for it; null until the visit is billed. */
  invoiceId: string | null
  /** Whether all that its document got was credited and nobody is asked for it anew: it may be changed, and is billed anew. */
  credited: boolean
}

/** A visit as the till sees it. */
export interface VisitBill {
  appointmentId: string
  patientId: string
  branchId: string
  status: string
  startsAt: Instant
  endsAt: Instant
  /** The branch's IANA zone: a document's date is its calendar day there. */
  zone: string
  language: 'he' | 'ar' | 'ru' | 'en'
  encounterId: string | null
  /** Null where nobody opened an encounter. */
  encounterStatus: 'draft' | 'signed' | null
  /** What was done; of a visit without an encounter, the price of its kind. */
  lines: BillLine[]
  /** Who pays a part of it, in the order in which they were chosen. */
  parts: BillPart[]
  /** What its payer gave, or somebody in the payer's name: nothing that came for the part of another. */
  payments: PaymentRow[]
  /** The visit's own document, 300 or 320, the last where it was billed anew; null until it is issued. */
  invoiceId: string | null
  /** What is left of money that the payer gave in advance and that has its documents, in agorot. */
  advanceLeft: number
  business: Business
  /** The organisation that was chosen for the visit, else the one that pays for the patient, else the patient. */
  payer: Payer
}

interface Row extends Omit<VisitBill, 'payments' | 'lines'> {
  procedures: BillLine[]
  visitDiscount: LineDiscount | null
  usual: (Usual & { description: string }) | null
}

/** A discount as it was given: `off` is a part or a sum. */
const givenAs = (basisPoints: RawBuilder<unknown>, agorot: RawBuilder<unknown>, was: RawBuilder<unknown>, reason: RawBuilder<unknown>, at: RawBuilder<unknown>) => sql`jsonb_build_object(
  'off', case when ${basisPoints} is null then jsonb_build_object('agorot', ${agorot}) else jsonb_build_object('basisPoints', ${basisPoints}) end, 'was', ${was},
  'reason', ${reason}, 'by', s.name, 'byEn', s.name_en, 'at', to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))`
const givenOnProcedure = sql`(select ${givenAs(sql`d.discount_basis_points`, sql`d.discount_agorot`, sql`d.quantity * d.unit_price_agorot`, sql`d.discount_reason`, sql`d.discount_at`)} from staff s where s.clinic_id = d.clinic_id and s.id = d.discount_by)`

/** Who pays parts of the visit `a`. */
const partsOfVisit = sql`(select coalesce(jsonb_agg(jsonb_build_object('organisationId', w.organisation_id, 'name', g.name, 'nameLatin', g.name_latin, 'procedureIds', w.procedure_ids, 'invoiceId', v.id, 'credited', coalesce(credited_of_request(v.clinic_id, v.id) >= v.total_agorot, false), 'billed', case when credited_of_request(v.clinic_id, v.id) < v.total_agorot then v.total_agorot end,
    'part', case when w.agorot is null then jsonb_build_object('basisPoints', w.basis_points) else jsonb_build_object('agorot', w.agorot) end) order by w.chosen_at, w.organisation_id), '[]')
  from visit_payer_part w join organisation g on g.clinic_id = w.clinic_id and g.id = w.organisation_id
    left join invoice v on v.clinic_id = w.clinic_id and v.id = document_of_part(w.clinic_id, w.appointment_id, w.organisation_id)
  where w.clinic_id = a.clinic_id and w.appointment_id = a.id)`

export interface BillRequest {
  /** Keeps everybody else from billing or paying it meanwhile. */
  lock?: boolean
  /** Whom the bill is made out to instead of the visit's payer, in their language and with their name: an organisation, or null for the patient. */
  madeOutTo?: string | null
}

/** The bill of one visit; undefined where there is no such visit or it has no patient. */
export async function loadVisitBill(db: Db, appointmentId: string, { lock = false, madeOutTo }: BillRequest = {}): Promise<VisitBill | undefined> {
  // A statement of its own: what is read in the same one as a lock is as old as the wait for it.
  if (lock) await sql`select from appointment where clinic_id = current_clinic() and id = ${appointmentId} for no key update`.execute(db)
  const { rows } = await sql<Row>`
    select a.id as "appointmentId", a.patient_id as "patientId", a.branch_id as "branchId", a.status, a.starts_at as "startsAt", a.ends_at as "endsAt", b.time_zone as zone, l.language,
      e.id as "encounterId", e.status as "encounterStatus",
      coalesce((select jsonb_agg(jsonb_build_object('procedureId', d.id, 'priceItemId', d.price_item_id, 'discount', d.discount_agorot, 'given', ${givenOnProcedure}, 'quantity', d.quantity, 'unitPrice', d.unit_price_agorot, 'priceBy', d.price_by,
          'description', case when l.language in ('he', 'ar') then d.description else coalesce(nullif(i.name_en, ''), d.description) end) order by d.recorded_at, d.id)
        from procedure_done d join price_item i on i.clinic_id = d.clinic_id and i.id = d.price_item_id
        where d.clinic_id = a.clinic_id and d.encounter_id = e.id), '[]') as procedures,
      (select ${usualJson} || jsonb_build_object('description', case when l.language in ('he', 'ar') then i.name else coalesce(nullif(i.name_en, ''), i.name) end)
        from visit_type t join price_item i on i.clinic_id = t.clinic_id and i.id = t.price_item_id
        where t.clinic_id = a.clinic_id and t.id = a.visit_type_id) as usual,
      (select ${givenAs(sql`x.basis_points`, sql`x.agorot`, sql`x.of_agorot`, sql`x.reason`, sql`x.given_at`)} from visit_discount x join staff s on s.clinic_id = x.clinic_id and s.id = x.given_by where x.clinic_id = a.clinic_id and x.appointment_id = a.id) as "visitDiscount",
      document_of_visit(a.clinic_id, a.id) as "invoiceId", ${partsOfVisit} as parts,
      coalesce((select sum(greatest(advance_left(v.clinic_id, v.id), 0)) from invoice v where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.advance and v.organisation_id is not distinct from o.id), 0)::bigint as "advanceLeft",
      jsonb_build_object('name', case when l.language in ('he', 'ar') then c.name else coalesce(nullif(c.name_en, ''), c.name) end, 'legalName', coalesce(nullif(c.legal_name, ''), c.name), 'vatNumber', c.vat_number,
        'address', concat_ws(', ', nullif(b.address, ''), nullif(b.city, '')), 'branchName', case when l.language in ('he', 'ar') then b.name else coalesce(nullif(b.name_en, ''), b.name) end, 'phone', coalesce(nullif(b.phone, ''), c.phone, ''), 'email', coalesce(c.email, '')) as business,
      case when o.id is null then jsonb_build_object('name', btrim(p.given_name || ' ' || p.family_name), 'nameLatin', btrim(p.given_name_latin || ' ' || p.family_name_latin),
          'address', concat_ws(', ', nullif(p.street, ''), nullif(p.city, '')))
        else jsonb_build_object('name', case when o.language = 'en' then coalesce(nullif(o.name_latin, ''), o.name) else o.name end, 'nameLatin', o.name_latin, 'address', o.address,
          'organisationId', o.id, 'dealerNumber', o.dealer_number, 'forName', btrim(p.given_name || ' ' || p.family_name)) end as payer
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      join clinic c on c.id = a.clinic_id
      left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
      left join visit_payer y on y.clinic_id = a.clinic_id and y.appointment_id = a.id
      left join patient_payer z on z.clinic_id = a.clinic_id and z.patient_id = a.patient_id
      left join organisation o on o.clinic_id = a.clinic_id and o.id = case when ${madeOutTo !== undefined}::boolean then ${madeOutTo ?? null}::uuid when y.appointment_id is null then z.organisation_id else y.organisation_id end
        and (o.active or y.appointment_id is not null or ${madeOutTo !== undefined}::boolean)
      cross join lateral (select coalesce(o.language, p.language) as language) l
    where a.clinic_id = current_clinic() and a.id = ${appointmentId}
  `.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { procedures, usual, visitDiscount, ...bill } = row
  const payments = await db.selectFrom('payment').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('appointment_id', '=', appointmentId)
    .where(sql<boolean>`not exists (select from invoice q where q.clinic_id = payment.clinic_id and q.id = first_request(payment.clinic_id, payment.invoice_id) and q.payer_part)`)
    .orderBy('received_at').orderBy('id').execute()
  return { ...bill, lines: bill.encounterId === null && usual ? await usualLines(db, usual, visitDiscount) : procedures, payments }
}

async function usualLines(db: Db, usual: Usual & { description: string }, given: LineDiscount | null): Promise<BillLine[]> {
  const prices = await usualPrices(db, [usual])
  return prices.map(({ priceAgorot, by }) => {
    const discount = given ? discountKept(priceAgorot, given) : 0
    return { procedureId: null, priceItemId: usual.priceItemId, description: usual.description, quantity: 1, unitPrice: priceAgorot, priceBy: by, discount, given: given && asToldOn(priceAgorot, given, discount) }
  })
}

/** Of a price that is higher now what was given may be a smaller part than its percent says: then it is told as a sum. */
const asToldOn = (price: number, given: LineDiscount, discount: number): LineDiscount => ('basisPoints' in given.off && discount < discountOn(price, given.off) ? { ...given, off: { agorot: discount } } : given)
