import type { EventName, events } from '@yoman/domain/events'
import { drawPreview } from './attachments/on-filed.ts'
import { issueInvoice } from './invoices/on-visit-over.ts'
import { mailInvoice } from './invoices/on-invoice-issued.ts'
import { tellChange, tellSeriesChange } from './appointments/on-changed.ts'
import { lookUpMessage } from './messages/look-up.ts'
import { callsAtOnce } from './messages/lanes.ts'
import { sendMessage } from './messages/send.ts'
import { checkProvider, lookAfter } from './payment-links/look.ts'
import { goOn } from './reminders/on-fallback.ts'
import { replan, replanForMerge, replanForWish } from './reminders/on-rules-changed.ts'
import type { WorkerServices } from './services.ts'

/** The events that the outbox carries; a new one does not compile until it has its line below. */
export type ListenedEvent = { [Name in EventName]: (typeof events)[Name]['listened'] extends true ? Name : never }[EventName]

export type JobName = ListenedEvent | 'send-message' | 'look-up-message'

/** Ids only: everything else is read when the job runs. */
export interface Job {
  name: JobName
  clinicId: string
  subjectId: string
  /** The event behind it; null for a job that a sweep found necessary. */
  eventId: string | null
}

/** Messages, and what a payment provider is asked, have queues of their own, so that a slow one keeps nobody from their invoice. */
export type QueueName = 'events' | 'messages' | 'payments'

type Handler = (services: WorkerServices, job: Job) => Promise<void>

/** Who does what. All of them may run twice for the same thing and then do it once. `dropsEvent`: takes its event out of the outbox itself, in its first transaction. */
export const jobs: Record<JobName, { queue: QueueName; run: Handler; dropsEvent?: true }> = {
  'appointment.moved': { queue: 'events', run: tellChange },
  'appointment.cancelled': { queue: 'events', run: tellChange },
  'appointment.undone': { queue: 'events', run: tellChange },
  'series.moved': { queue: 'events', run: tellSeriesChange },
  'series.cancelled': { queue: 'events', run: tellSeriesChange },
  'series.undone': { queue: 'events', run: tellSeriesChange },
  'appointment.completed': { queue: 'events', run: issueInvoice },
  'encounter.signed': { queue: 'events', run: issueInvoice },
  'attachment.filed': { queue: 'events', run: drawPreview },
  'invoice.issued': { queue: 'events', run: mailInvoice },
  'allocation_number.settled': { queue: 'events', run: mailInvoice },
  'payment_provider.wanted': { queue: 'payments', run: checkProvider },
  'payment_link.wanted': { queue: 'payments', run: lookAfter },
  'reminder_rule.changed': { queue: 'events', run: replan },
  'patient.merged': { queue: 'events', run: replanForMerge },
  'patient.unmerged': { queue: 'events', run: replanForMerge },
  'reminder_wish.changed': { queue: 'events', run: replanForWish },
  'reminder.fell_back': { queue: 'events', run: goOn },
  'message.queued': { queue: 'messages', run: sendMessage, dropsEvent: true },
  'send-message': { queue: 'messages', run: sendMessage },
  'look-up-message': { queue: 'messages', run: lookUpMessage },
}

/** Of messages some more than may be called for at once: what was answered is written down meanwhile. */
export const concurrency: Record<QueueName, number> = { events: 4, messages: callsAtOnce + 6, payments: 4 }

/** One job for one reason: the queue ignores an id that it has already. */
export const jobIdOf = (job: Job): string => `${job.name}-${job.eventId ?? job.subjectId}`
