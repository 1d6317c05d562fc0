import type { Attachment } from '@yoman/contract/attachments'
import type { Contact } from '@yoman/contract/contacts'
import type { Encounter } from '@yoman/contract/encounters'
import type { Order } from '@yoman/contract/orders'
import type { Invoiced, Said, Visit } from '@yoman/contract/patient-parts'
import type { PatientPage, PatientParts, TimelineKind } from '@yoman/contract/patients'
import type { Task } from '@yoman/contract/tasks'
import type { WaitlistEntry } from '@yoman/contract/waitlist'

interface Items {
  visit: Visit
  note: Encounter
  message: Said
  invoice: Invoiced
  attachment: Attachment
  task: Task
  order: Order
  waitlist: WaitlistEntry
  contact: Contact
}

/** Something that happened, whatever it was. */
export type Entry = { [K in TimelineKind]: { kind: K; id: string; at: string; item: Items[K] } }[TimelineKind]

const counted = { visit: 'visits', note: 'encounters', message: 'messages', invoice: 'invoices', attachment: 'attachments', task: 'tasks', order: 'orders', waitlist: 'waitlist', contact: 'contacts' } as const

/** How many of a kind there are; null where the reader may not see them. */
export const countOf = (counts: PatientPage['counts'], kind: TimelineKind): number | null => counts[counted[kind]]

/** Everything, newest first; of one moment, the greater id first, as the server orders. */
export function entriesOf(parts: PatientParts): Entry[] {
  const all: Entry[] = [
    ...(parts.visits ?? []).map((item) => ({ kind: 'visit' as const, id: item.id, at: item.startsAt, item })),
    ...(parts.encounters ?? []).map((item) => ({ kind: 'note' as const, id: item.id, at: item.startedAt, item })),
    ...(parts.messages ?? []).map((item) => ({ kind: 'message' as const, id: item.id, at: item.createdAt, item })),
    ...(parts.invoices ?? []).map((item) => ({ kind: 'invoice' as const, id: item.id, at: item.issuedAt, item })),
    ...(parts.attachments ?? []).filter(({ withdrawn }) => withdrawn === null).map((item) => ({ kind: 'attachment' as const, id: item.id, at: item.filedAt, item })),
    ...(parts.tasks ?? []).map((item) => ({ kind: 'task' as const, id: item.id, at: item.createdAt, item })),
    ...(parts.orders ?? []).map((item) => ({ kind: 'order' as const, id: item.id, at: item.createdAt, item })),
    ...(parts.waitlist ?? []).map((item) => ({ kind: 'waitlist' as const, id: item.id, at: item.waitingSince, item })),
    ...(parts.contacts ?? []).map((item) => ({ kind: 'contact' as const, id: item.id, at: item.writtenAt, item })),
  ]
  return newestFirst(all)
}

/** Sorting by text is what a slow computer can do for hundreds; the texts are made equally long for it. */
function newestFirst(entries: Entry[]): Entry[] {
  return entries.map((entry) => ({ entry, key: sortKey(entry) })).sort((a, b) => (a.key < b.key ? 1 : -1)).map(({ entry }) => entry)
}

/** Greater is newer. Instants come as UTC with as many digits after the second as they need. */
export function sortKey({ at, id }: Pick<Entry, 'at' | 'id'>): string {
  const [whole = '', fraction = ''] = at.slice(0, -1).split('.')
  return `${whole}.${fraction.padEnd(9, '0')}/${id}`
}

/**
 * What of the page may be shown in one list without a gap: some kinds were sent whole, of others only the newest, and what lies
 * before the oldest of those is not known yet. `whole` says that nothing is left to be asked for.
 */
export function knownWithoutGap(page: PatientPage, kinds: readonly TimelineKind[]): { entries: Entry[]; whole: boolean } {
  const entries = entriesOf(page).filter(({ kind }) => kinds.includes(kind))
  const cut = kinds.map((kind) => {
    const of = entries.filter((entry) => entry.kind === kind)
    const sent = kind === 'attachment' ? (page.attachments ?? []).length : of.length // withdrawn ones were sent and are not shown
    const oldest = of.at(-1)
    return sent < (countOf(page.counts, kind) ?? 0) && oldest ? sortKey(oldest) : ''
  })
  const horizon = cut.reduce((latest, key) => (key > latest ? key : latest), '')
  return { entries: entries.filter((entry) => sortKey(entry) >= horizon), whole: horizon === '' }
}

const ahead = ['booked', 'confirmed', 'arrived', 'called', 'in_treatment']

/** What is still to come or to be done, the nearest first. `now` is an ISO instant. */
export function aheadOf(page: PatientPage, now: string) {
  const begins = sortKey({ at: now, id: '' })
  return {
    visits: (page.visits ?? []).filter((visit) => ahead.includes(visit.status) && sortKey({ at: visit.endsAt, id: '' }) > begins).toReversed(),
    tasks: (page.tasks ?? []).filter(({ status }) => status === 'open').toSorted((a, b) => (sortKey({ at: a.dueAt, id: a.id }) < sortKey({ at: b.dueAt, id: b.id }) ? -1 : 1)),
    orders: (page.orders ?? []).filter(({ status }) => status === 'open'),
    waitlist: (page.waitlist ?? []).filter(({ status }) => status === 'open'),
  }
}
