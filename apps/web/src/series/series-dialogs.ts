import { shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/appointments'
import { openDialog } from '../diary/dialogs/dialog.ts'
import { branch } from '../branch.ts'
import { call } from '../api.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'
import type { DistanceKey } from './distances.ts'
import type { TypedSeries } from './typed-series.ts'

/** How far ahead the next visit was asked for when the dialog was opened. */
export const distanceAsked = shallowRef<DistanceKey>('w1')

export function openRepeat(visit: DiaryVisit, distance: DistanceKey): void {
  distanceAsked.value = distance
  openDialog('repeat', visit)
}

/** What a change of a series begins with: which visit, and where it should go. */
export interface ChangeAsked {
  appointmentId: string
  startsAt: string
  practitionerId: string | null
}

export const changeAsked = shallowRef<ChangeAsked | null>(null)

/** Opens the series of a visit; with what is asked for, where it was moved in the grid and the following should go along. */
export function openSeries(visit: DiaryVisit, asked: ChangeAsked | null = null): void {
  changeAsked.value = asked
  openDialog('series', visit)
}

/** How a series is wished that was asked for while its first visit was booked. */
export const seriesAsked = shallowRef<TypedSeries | null>(null)

/** Shows the dates of the series that begins with a visit that was booked just now, to be booked in their turn. */
export async function planSeriesAfter({ id, date }: { id: string; date: string }, wished: TypedSeries): Promise<void> {
  try {
    const diary = await call('GET /diary', { query: { branchId: branch.value?.id ?? '', date } })
    const visit = diary.visits.find((one) => one.id === id)
    if (!visit) return // cancelled by another desk in the same moment, which this one sees
    seriesAsked.value = wished
    openDialog('new-series', visit)
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
}
