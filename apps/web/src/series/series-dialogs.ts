import { shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { openDialog } from '../diary/dialogs/dialog.ts'
import type { DistanceKey } from './distances.ts'

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
