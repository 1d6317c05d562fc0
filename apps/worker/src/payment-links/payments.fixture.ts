// A clinic that is connected to the stand-in of PayPlus, and documents that its patients owe.
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { instant } from '@yoman/domain/time'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { type PayPlusStandIn, startPayPlus } from '@yoman/runtime/payplus/start'
import { connectProvider } from '@yoman/use-cases/payment-links/connect'
import { requestLink } from '@yoman/use-cases/payment-links/request'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { afterAll } from 'vitest'
import { type Desk, openDesk } from '../desk.fixture.ts'

export const keys = { apiKey: 'key', secretKey: 'secret', pageUid: 'page' }
export const total = 18_000

export interface PaymentsDesk extends Desk {
  house: PayPlusStandIn
  /** A transaction invoice (300) of 180 shekels of a patient who can be written to. */
  bill(): Promise<string>
  /** The desk asks for what is owed by a link; the worker sends it when it works. @returns its id. */
  request(invoiceId: string, ways?: ('sms' | 'email')[]): Promise<string>
  payAtDesk(invoiceId: string, amount?: number): Promise<void>
  /** The rows behind a link. */
  link(id: string): Promise<{ state: string; problem: string | null; page_id: string | null; url: string | null; tries: number }>
  money(linkId: string): Promise<{ id: string; state: string; why: string | null; amount: number | null }[]>
  /** What was receipted on a document: kind and sum. */
  receipts(invoiceId: string): Promise<{ kind: string; total: number; payments: number }[]>
}

export async function openPaymentsDesk(): Promise<PaymentsDesk> {
  const house = await startPayPlus({ keys, log: () => {} })
  afterAll(() => house.stop())
  const desk = await openDesk({ payPlusUrl: house.apiUrl })
  const { db, ownerPool } = desk.database
  const { clinic } = desk
  await connectProvider(desk.as('owner'), keys)
  await desk.work()
  let documents = 0
  const rows = async <T>(query: string, ...values: unknown[]): Promise<T[]> => (await ownerPool.query<Record<string, unknown>>(query, values)).rows as T[] // what the query says
  return {
    ...desk,
    house,
    async bill() {
      const id = uuid()
      await db.insertInto('invoice').values({
        clinic_id: clinic.id, id, kind: '300', number: 900 + (documents += 1), branch_id: clinic.branches.center, patient_id: clinic.patients.ahmad, encounter_id: null, appointment_id: null, based_on_id: null, language: 'he',
        issued_at: instant('2026-11-10T10:00:00Z'), issued_on: '2026-11-10' as never, vat_basis_points: 1800, net_agorot: 15_254, vat_agorot: 2_746, total_agorot: total, // a date travels as text
        business: { name: 'x', legalName: 'x', vatNumber: '514238765', address: '', branchName: '', phone: '', email: '' }, payer: { name: 'אחמד', nameLatin: '', address: '' }, issued_by: null, original_made_at: null, reason: '', cheque_id: null,
      }).execute()
      await db.insertInto('invoice_line').values({ clinic_id: clinic.id, invoice_id: id, line: 1, price_item_id: null, description: 'x', quantity: 1, unit_price_agorot: total, total_agorot: total }).execute()
      return id
    },
    request: async (invoiceId, ways = ['sms']) => (await requestLink(desk.as('receptionist'), invoiceId, { id: uuid(), ways }, composeLinkMessage)).id,
    async payAtDesk(invoiceId, amount = total) {
      await recordPayment(desk.as('receptionist'), { appointmentId: null, invoiceId, means: [{ id: uuid(), method: 'card', amount, reference: '1', cheque: null, card: null }] }, moneyText)
    },
    async link(id) {
      const [row] = await rows<{ state: string; problem: string | null; page_id: string | null; url: string | null; tries: number }>('select state, problem, page_id, url, tries from payment_link where id = $1', id)
      if (!row) throw new Error('there is no such link')
      return row
    },
    money: (linkId) => rows('select id, state, why, amount_agorot::int as amount from payment_link_money where link_id = $1 order by heard_at, id', linkId),
    receipts: (invoiceId) => rows('select v.kind, v.total_agorot::int as total, (select count(*)::int from payment p where p.clinic_id = v.clinic_id and p.invoice_id = v.id and p.link_money_id is not null) as payments from invoice v where v.based_on_id = $1 order by v.number', invoiceId),
  }
}
