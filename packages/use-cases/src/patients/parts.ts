import { listAttachments } from '@yoman/db/attachments/queries'
import { earlierOf, listContacts } from '@yoman/db/contacts/queries'
import type { Db } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { listOrders } from '@yoman/db/orders/queries'
import { type InvoicedRow, invoicesById, messagesById, type SaidRow, type VisitRow, visitsById } from '@yoman/db/patients/history'
import type { TimelineKind, TimelineRef } from '@yoman/db/patients/timeline'
import { listTasks } from '@yoman/db/tasks/queries'
import { listEntries } from '@yoman/db/waitlist/entries'
import { may, type Permission } from '@yoman/domain/access'
import { attachmentView } from '../attachments/view.ts'
import { contactView } from '../contacts/read.ts'
import type { Context } from '../context.ts'
import { encountersById } from '../encounters/read.ts'
import { orderView } from '../orders/read.ts'
import { taskView } from '../tasks/read.ts'
import { entryView } from '../waitlist/read.ts'

/** What opens each kind of what is known of a patient. */
const opens: Record<TimelineKind, Permission> = {
  visit: 'diary.read',
  note: 'note.read',
  message: 'message.read',
  invoice: 'invoice.read',
  attachment: 'attachment.read',
  task: 'task.read',
  order: 'order.read',
  waitlist: 'waitlist.read',
  contact: 'contact.read',
}

/** Of these kinds those that the asking person's roles open. */
export const openKinds = (ctx: Context, kinds: readonly TimelineKind[]): TimelineKind[] => kinds.filter((kind) => may(ctx.actor, opens[kind]))

/** What these references stand for, by kind; null where the roles do not open it: it is not even read, so it cannot leak on its way. */
export async function loadParts(db: Db, ctx: Context, sealer: Sealer, refs: readonly TimelineRef[]) {
  const load = <T>(kind: TimelineKind, work: (ids: string[]) => Promise<T[]>): Promise<T[] | null> => {
    if (!may(ctx.actor, opens[kind])) return Promise.resolve(null)
    const ids = refs.filter((ref) => ref.kind === kind).map(({ id }) => id)
    return ids.length === 0 ? Promise.resolve([]) : work(ids)
  }
  const [visits, encounters, messages, invoices, attachments, tasks, orders, waitlist, contacts] = await Promise.all([
    load('visit', async (ids) => (await visitsById(db, ids)).map(visitView)),
    load('note', (ids) => encountersById(db, sealer, ids)),
    load('message', async (ids) => (await messagesById(db, ids)).map(saidView)),
    load('invoice', async (ids) => (await invoicesById(db, ids)).map(invoicedView)),
    load('attachment', async (ids) => (await listAttachments(db, { ids, limit: ids.length })).map((row) => attachmentView(ctx.actor, sealer, row))),
    load('task', async (ids) => (await listTasks(db, { ids, limit: ids.length })).map(taskView)),
    load('order', async (ids) => (await listOrders(db, { ids, limit: ids.length })).map(orderView)),
    load('waitlist', async (ids) => (await listEntries(db, { ids, limit: ids.length, now: ctx.now })).map(entryView)),
    load('contact', async (ids) => {
      const rows = await listContacts(db, { ids, limit: ids.length })
      const earlier = await earlierOf(db, rows)
      return rows.map((row) => contactView(ctx, sealer, row, earlier))
    }),
  ])
  return { visits, encounters, messages, invoices, attachments, tasks, orders, waitlist, contacts }
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
  issuedAt: row.issued_at.toString(),
  totalAgorot: row.total_agorot,
  creditedAgorot: row.credited_agorot,
  refundableAgorot: row.refundable_agorot,
  appointmentId: row.appointment_id,
})
