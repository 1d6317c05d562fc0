import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { routeTable } from './route.ts'

const Count = Type.Integer({ minimum: 0 })
const Sum = Exact({ count: Count, grossAgorot: Type.Integer(), netAgorot: Type.Integer() })
const Counted = Exact({ count: Count, agorot: Type.Integer() })
/** A month by its number, for example 2026-10. */
const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' })

const OpenPoints = Exact({
  unbilledVisits: Counted,
  unfinishedVisits: Count,
  waitingMoney: Counted,
  /** Money that came by payment links until the month's last day, and that nobody has decided about; the sum is of shekels alone. */
  undecidedMoney: Counted,
  openDeskDays: Count,
  dueCheques: Counted,
  waitingMails: Count,
  brokenSeries: Count,
})
export type OpenPoints = Static<typeof OpenPoints>

const Totals = Exact({ performed: Sum, billed: Sum, cash: Sum, documents: Type.Array(Exact({ kind: Choice(invoiceKinds), count: Count, totalAgorot: Type.Integer() })) })
export type Totals = Static<typeof Totals>

const Who = Exact({ id: Uuid, name: Type.String() })
const MonthClosing = Exact({
  id: Uuid,
  month: Month,
  closedAt: InstantText,
  closedBy: Who,
  reason: Type.String(),
  totals: Totals,
  reopened: Nullable(Exact({ at: InstantText, by: Who, reason: Type.String() })),
})
export type MonthClosing = Static<typeof MonthClosing>

const MonthList = Exact({
  items: Type.Array(MonthClosing),
  /** The month to close next; null where it is not over, or where no month was ever closed: then it may be any that is over. */
  next: Nullable(Month),
  newestOver: Month,
})

const MonthView = Exact({
  month: Month,
  closing: Nullable(MonthClosing),
  /** What waits now; of a closed month what waited then. */
  open: OpenPoints,
  totals: Totals,
  /** Of a closed month: whether its rows still say what they said then. */
  unmoved: Type.Boolean(),
})
export type MonthView = Static<typeof MonthView>

export const monthRoutes = routeTable({
  'GET /months': {
    permission: 'report.read',
    audit: 'none', // sums
    summary: 'Closed months, the newest first, those that were reopened too, and which month may be closed next.',
    status: 200,
    response: MonthList,
  },
  'GET /months/:month': {
    permission: 'report.read',
    audit: 'none', // sums
    summary: 'What a month comes to, and what in it still waits for somebody; of a closed one also whether it still says what it said.',
    params: Exact({ month: Month }),
    status: 200,
    response: MonthView,
  },
  'POST /months/:month/closing': {
    permission: 'month.close',
    audit: 'write',
    summary: 'Close a month that is over, in its order: nothing with a date in it changes or is added afterwards. With a reason where something is open.',
    params: Exact({ month: Month }),
    body: Exact({ id: Uuid, reason: Type.Optional(Line(300)) }),
    status: 201,
    response: MonthView,
    problems: ['month_closed', 'month_not_next', 'month_not_over', 'month_open_points', 'id_taken'],
  },
  'POST /month-closings/:id/reopening': {
    permission: 'month.reopen',
    audit: 'write',
    summary: 'Open the newest closed month again, with a reason.',
    params: ById,
    body: Exact({ reason: Line(300, 1) }),
    status: 200,
    response: MonthList,
    problems: ['month_not_newest'],
  },
})
