import type { InboundMessage, Message } from '@yoman/contract/messages'
import type { ListedInbound, ListedMessage } from '@yoman/db/messages/lists'

export const presentMessage = (row: ListedMessage): Message => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  patient: { id: row.patient_id, givenName: row.given_name, familyName: row.family_name, givenNameLatin: row.given_name_latin, familyNameLatin: row.family_name_latin },
  appointment:
    row.appointment_id === null || row.branch_id === null || row.starts_at === null || row.status === null
      ? null
      : { id: row.appointment_id, branchId: row.branch_id, startsAt: row.starts_at.toString(), status: row.status },
  invoiceId: row.invoice_id,
  language: row.language,
  toAddress: row.to_address,
  subject: row.subject,
  body: row.body,
  attempt: row.attempt,
  notBefore: row.not_before.toString(),
  createdAt: row.created_at.toString(),
  sentAt: row.sent_at?.toString() ?? null,
  settledAt: row.settled_at?.toString() ?? null,
  errorCode: row.error_code,
})

export const presentInbound = (row: ListedInbound): InboundMessage => ({
  id: row.id,
  fromNumber: row.from_number,
  body: row.body,
  patient:
    row.patient_id === null
      ? null
      : { id: row.patient_id, givenName: row.given_name ?? '', familyName: row.family_name ?? '', givenNameLatin: row.given_name_latin ?? '', familyNameLatin: row.family_name_latin ?? '' },
  appointmentId: row.appointment_id,
  understoodAs: row.understood_as,
  receivedAt: row.received_at.toString(),
})
