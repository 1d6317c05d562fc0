import { type Static, Type } from 'typebox'
import { DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const Count = Type.Integer({ minimum: 0 })

/** What a night's look at the fortnight ahead of a branch found. */
export const ReminderCheck = Exact({
  /** On the branch's wall. */
  date: DateText,
  checkedAt: InstantText,
  /** Messages that the fortnight would send. */
  leaves: Count,
  /** Patients with a visit in it who would hear nothing, though they do not wish for that. */
  silentPatients: Count,
  /** Visits in it that nothing was planned for. */
  unplanned: Count,
  /** Days with visits of which nobody would hear. */
  bareDays: Type.Array(DateText),
  /** Of the SMS, in agorot; null where the clinic did not say what a part costs. */
  cost: Nullable(Count),
  /** Those that go by WhatsApp, which are in no cost of ours. */
  whatsapp: Count,
  /** Those that are calls, and what they cost in agorot; null where a call has no price. */
  calls: Count,
  callCost: Nullable(Count),
})
export type ReminderCheck = Static<typeof ReminderCheck>

/** A month of a branch, on its wall: what was sent about its visits, and what became of them. */
export const MonthNumbers = Exact({
  /** `YYYY-MM` */
  month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
  /** Reminders that the networks took, and how many of them are known to have arrived; of e-mail what was taken counts. */
  sent: Count,
  delivered: Count,
  failed: Count,
  /** SMS parts that were paid for, all kinds of messages, and what they cost in agorot; null where a part has no price. */
  parts: Count,
  cost: Nullable(Count),
  /** Messages by WhatsApp, which are in no cost of ours. */
  whatsapp: Count,
  /** Calls of the system that were taken, be it by a machine, and what they cost in agorot; null where a call has no price. */
  calls: Count,
  callCost: Nullable(Count),
  /** Visits whose time is over, without those that were cancelled before; how many of them were confirmed, and missed. */
  visits: Count,
  confirmed: Count,
  missed: Count,
  /** Of those that were confirmed after a reminder: half of them within this many minutes. */
  minutesToConfirm: Nullable(Count),
})
export type MonthNumbers = Static<typeof MonthNumbers>

export const reminderReportRoutes = routeTable({
  'GET /reminder-checks': {
    permission: 'message.read',
    audit: 'none', // numbers
    summary: 'What the last 14 nights found when they looked at the fortnight ahead of a branch, the latest first.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(ReminderCheck) }),
  },
  'GET /reminder-numbers': {
    permission: 'message.read',
    audit: 'none', // numbers
    summary: 'A branch month by month, the latest first: reminders sent and delivered, confirmations, cost, missed visits. 13 months at most.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(MonthNumbers) }),
  },
})
