import type { Agorot } from '../money/agorot.ts'
import type { PlainDate } from '../time.ts'

/** How long a debt has been due, as accountants' columns have it; the first is not due yet. */
export const ages = ['notDue', 'to30', 'to60', 'to90', 'over90'] as const
export type Age = (typeof ages)[number]

/** The last day, counted from the due day, of each column but the last. The due day itself is day 0. */
export const lastDay: Readonly<Record<Exclude<Age, 'over90'>, number>> = { notDue: -1, to30: 30, to60: 60, to90: 90 }

/** The day by which a document is to be paid. @param daysToPay 0 or more: the clinic's term. */
export const dueOn = (issuedOn: PlainDate, daysToPay: number): PlainDate => issuedOn.add({ days: daysToPay })

/** How many days ago it was due, in days of the calendar; below nothing where it is not due yet. */
export const daysDue = (due: PlainDate, today: PlainDate): number => due.until(today, { largestUnit: 'day' }).days

/** The column of a debt. Both dates are of the clinic's calendar: a change of the clocks makes no day longer or shorter. */
export function ageOf(due: PlainDate, today: PlainDate): Age {
  const days = daysDue(due, today)
  return ages.find((age) => age !== 'over90' && days <= lastDay[age]) ?? 'over90'
}

export type Ageing = Record<Age, Agorot>

/** Sums by age; together they are the sum of the debts. */
export function ageing(debts: readonly { dueOn: PlainDate; owed: Agorot }[], today: PlainDate): Ageing {
  const sums: Ageing = { notDue: 0, to30: 0, to60: 0, to90: 0, over90: 0 }
  for (const debt of debts) sums[ageOf(debt.dueOn, today)] += debt.owed
  return sums
}
