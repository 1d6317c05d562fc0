import { currentConsents } from '@yoman/db/consents/queries'
import { survivorOf } from '@yoman/db/merges/queries'
import { invoicesOf, type InvoicedRow, messagesOf, type SaidRow, type VisitRow, visitsOf } from '@yoman/db/patients/history'
import { findPatient, phonesOf } from '@yoman/db/patients/queries'
import { relationsOf } from '@yoman/db/patients/relations'
import { allow, may, type Permission } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { consentView } from '../consents/record.ts'
import type { Context } from '../context.ts'
import { patientEncounters } from '../encounters/read.ts'
import { patientOrders } from '../orders/read.ts'
import { read } from '../transact.ts'
import { relationView } from './relate.ts'
import { patientView } from './view.ts'

/**
 * The whole of a patient's page. What the asking person's roles do not open is null: it was not even read, so it cannot leak
 * on its way. Of a record that was merged it is the page of the one it goes on in. The caller records the reading.
 */
export async function patientPage(ctx: Context, asked: string) {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const only = <T>(permission: Permission, load: () => Promise<T>): Promise<T | null> => (may(ctx.actor, permission) ? load() : Promise.resolve(null))
    const [sealer, id] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), survivorOf(db, asked)])
    if (id === undefined) throw new NotFound('patient')
    const [row, phones, relations, consents, visits, orders, messages, invoices, encounters] = await Promise.all([
      findPatient(db, id),
      phonesOf(db, id),
      relationsOf(db, id),
      currentConsents(db, id),
      only('diary.read', () => visitsOf(db, id)),
      only('order.read', () => patientOrders(db, id)),
      only('message.read', () => messagesOf(db, id)),
      only('invoice.read', () => invoicesOf(db, id)),
      only('note.read', () => patientEncounters(db, sealer, id)),
    ])
    if (!row) throw new NotFound('patient')
    return {
      patient: patientView(ctx, sealer, row, phones),
      relations: relations.map(relationView),
      consents: consents.map(consentView),
      visits: visits && visits.map(visitView),
      orders,
      encounters,
      messages: messages && messages.map(saidView),
      invoices: invoices && invoices.map(invoicedView),
    }
  })
}

const visitView = (row: VisitRow) => ({
  id: row.id,
  branchId: row.branch_id,
  practitionerId: row.practitioner_id,
  visitTypeId: row.visit_type_id,
  startsAt: row.starts_at.toString(),
  endsAt: row.ends_at.toString(),
  status: row.status,
  deskNote: row.desk_note,
  encounterId: row.encounter_id,
  version: row.version,
})

const saidView = (row: SaidRow) => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  toAddress: row.to_address,
  body: row.body,
  createdAt: row.created_at.toString(),
  sentAt: row.sent_at?.toString() ?? null,
})

const invoicedView = (row: InvoicedRow) => ({
  id: row.id,
  kind: row.kind,
  number: row.number,
  issuedOn: row.issued_on.toString(),
  totalAgorot: row.total_agorot,
  appointmentId: row.appointment_id,
})
