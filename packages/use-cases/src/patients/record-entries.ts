import type { Labels } from '@yoman/domain/fields/field'
import { type Instant, instant } from '@yoman/domain/time'
import type { loadParts } from './parts.ts'

export type Words = readonly string[]

/** One thing of a record with what it says, in the order in which a piece of it is shown. */
export interface Entry {
  kind: 'visit' | 'note' | 'message' | 'invoice' | 'attachment' | 'task' | 'order' | 'waitlist' | 'contact' | 'letter' | 'plan' | 'form' | 'field' | 'alert' | 'reported_alert' | 'desk_note'
  id: string
  /** Null of what holds now and has no date of its own. */
  at: Instant | null
  by: string | null
  title: Labels | null
  of: 'patient' | 'visit' | 'note' | null
  texts: Words
}

type Parts = Awaited<ReturnType<typeof loadParts>>

/** What the timeline's entries say. `nameOf`: how the clinic calls a person or a kind of visit, in its languages. */
export const partEntries = (parts: Parts, nameOf: (id: string) => Words): Entry[] => [
  ...(parts.visits ?? []).map((one) => entry('visit', one.id, one.startsAt, [one.deskNote, ...nameOf(one.visitTypeId), ...nameOf(one.practitionerId)])),
  ...(parts.encounters ?? []).map((one) => entry('note', one.id, one.startedAt, [
    one.note?.body ?? '', ...one.amendments.flatMap(({ body, reason }) => [body, reason ?? '']), ...one.procedures.map(({ description, tooth }) => (tooth ? `${description} (${tooth})` : description)), ...nameOf(one.practitionerId),
  ])),
  ...(parts.messages ?? []).map((one) => entry('message', one.id, one.createdAt, [one.body, one.toAddress])),
  ...(parts.invoices ?? []).map((one) => entry('invoice', one.id, one.issuedAt, [String(one.number)])),
  ...(parts.attachments ?? []).filter(({ withdrawn }) => withdrawn === null).map((one) => entry('attachment', one.id, one.filedAt, one.content ? [one.content.title, one.content.teeth.join(' '), one.filedBy.name] : [], one.filedBy.name)),
  ...(parts.tasks ?? []).map((one) => entry('task', one.id, one.createdAt, [one.words, one.outcome, one.createdBy?.name ?? ''], one.createdBy?.name ?? '')),
  ...(parts.orders ?? []).map((one) => entry('order', one.id, one.createdAt, [one.noteToDesk, one.cancelReason, ...one.steps.flatMap(({ visitTypeId }) => nameOf(visitTypeId)), one.orderedBy.name], one.orderedBy.name)),
  ...(parts.waitlist ?? []).map((one) => entry('waitlist', one.id, one.waitingSince, [one.note, ...nameOf(one.visitTypeId)])),
  ...(parts.contacts ?? []).map((one) => entry('contact', one.id, one.writtenAt, [one.words, one.promise?.words ?? '', one.callerName, one.writtenBy.name], one.writtenBy.name)),
]

const entry = (kind: Entry['kind'], id: string, at: string, texts: Words, by: string | null = null): Entry => ({ kind, id, at: instant(at), by, title: null, of: null, texts: texts.filter(Boolean) })
