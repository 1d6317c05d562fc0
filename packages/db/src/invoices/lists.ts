import { sql } from 'kysely'
import type { AllocationState } from '@yoman/domain/allocation-numbers/state'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { credited, stillToGive } from './taken-back.ts'

export interface InvoiceFilter {
  from?: string
  to?: string
  patientId?: string
  kind?: string
  unpaid?: boolean
  ids?: readonly string[]
  before?: { at: string; id: string }
}

/** A document as the books list it. */
export interface ListedInvoice {
  id: string
  kind: '300' | '305' | '320' | '330' | '400' | '410'
  number: number
  branchId: string
  patientId: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** Who pays where it is not the patient, as it was called then. */
  organisation: { id: string; name: string; dealerNumber: string } | null
  appointmentId: string | null
  basedOnId: string | null
  issuedAt: Instant
  issuedOn: PlainDate
  totalAgorot: number
  balanceAgorot: number
  /** What credit notes took back of it. */
  creditedAgorot: number
  /** Of a credit note: what may still be given back. */
  refundableAgorot: number
  /** Whether it receipts money that came before its visit's document, and what of that no bill deducted. */
  advance: boolean
  unusedAgorot: number
  /** Of its latest mail; without one, why there is none. */
  mailing: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'no_address' | 'no_consent' | 'allocation_awaited'
  /** Where its allocation number stands; null where it has none and needs none. */
  allocationState: AllocationState | null
}

/** What is still to be paid of the document in a row `v`: of a transaction invoice what nothing settled, of the voucher of a taxed cheque that is gone its sum. */
export const balance = sql<number>`case when v.kind = '300' then greatest(v.total_agorot - received_on(v.clinic_id, v.id), 0) when v.kind = '410' and v.cheque_id is not null then cheque_debt(v.clinic_id, v.id) else 0 end`

/** Money that came in with the document in a row `v`; below nothing where it went back, or a cheque was gone. */
export const cameWith = sql<number>`(coalesce((select sum(p.amount_agorot) from payment p where p.clinic_id = v.clinic_id and p.invoice_id = v.id), 0)
  - coalesce((select sum(r.amount_agorot) from refund r where r.clinic_id = v.clinic_id and r.invoice_id = v.id), 0)
  - case when v.kind = '410' and v.cheque_id is not null then v.total_agorot else 0 end)::bigint`

/** Issued documents, newest first. */
export async function listInvoices(db: Db, filter: InvoiceFilter, limit: number): Promise<ListedInvoice[]> {
  const { rows } = await sql<ListedInvoice>`
    select v.id, v.kind, v.number, v.branch_id as "branchId", v.patient_id as "patientId",
      p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin",
      case when v.organisation_id is not null then jsonb_build_object('id', v.organisation_id, 'name', v.payer->>'name', 'dealerNumber', v.payer->>'dealerNumber') end as organisation,
      v.appointment_id as "appointmentId", v.based_on_id as "basedOnId", v.issued_at as "issuedAt", v.issued_on as "issuedOn", v.total_agorot as "totalAgorot",
      ${balance} as "balanceAgorot",
      case when v.kind in ('305', '320') then ${credited} else 0 end as "creditedAgorot", case when v.kind = '330' then ${stillToGive} else 0 end as "refundableAgorot",
      v.advance, case when v.advance then greatest(advance_left(v.clinic_id, v.id), 0) else 0 end as "unusedAgorot",
      coalesce((select m.state from message m where m.clinic_id = v.clinic_id and m.invoice_id = v.id and m.kind = 'invoice' order by m.created_at desc, m.id desc limit 1),
        case when n.state in ('waiting', 'asking', 'refused') then 'allocation_awaited' when v.kind = '410' and v.cheque_id is not null then 'skipped' when g.id is not null then case when not g.takes_email then 'no_consent' when g.email = '' then 'no_address' else 'queued' end when coalesce((select k.state = 'given' from consent k where k.clinic_id = p.clinic_id and k.patient_id = p.id and k.channel = 'email' and k.purpose = 'e_invoice'
          order by k.recorded_at desc, k.id desc limit 1), false) then case when coalesce(p.email, '') = '' then 'no_address' else 'queued' end else 'no_consent' end) as mailing, n.state as "allocationState"
    from invoice v join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id left join organisation g on g.clinic_id = v.clinic_id and g.id = v.organisation_id
      left join allocation_request n on n.clinic_id = v.clinic_id and n.invoice_id = v.id
    where v.clinic_id = current_clinic()
      and (${filter.from ?? null}::date is null or v.issued_on >= ${filter.from ?? null}::date)
      and (${filter.to ?? null}::date is null or v.issued_on <= ${filter.to ?? null}::date)
      and (${filter.patientId ?? null}::uuid is null or v.patient_id = ${filter.patientId ?? null}::uuid)
      and (${filter.kind ?? null}::text is null or v.kind = ${filter.kind ?? null}::text)
      and (${filter.ids ?? null}::uuid[] is null or v.id = any(${filter.ids ?? null}::uuid[]))
      and (${filter.before?.at ?? null}::timestamptz is null or (v.issued_at, v.id) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::uuid))
      and (not ${filter.unpaid ?? false}::boolean or (exists (select from open_request q where q.clinic_id = v.clinic_id and q.invoice_id = v.id) and (${balance}) > 0))
    order by v.issued_at desc, v.id desc limit ${limit}
  `.execute(db)
  return rows
}
