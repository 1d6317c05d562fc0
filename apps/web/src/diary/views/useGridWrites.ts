import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import { may } from '../../session.ts'
import type { BookingStart } from '../BookingDialog.vue'
import { instantOf } from '../day-minutes.ts'
import { columnName, spanText, within, type GridEvent, type Place } from '../grid/grid-model.ts'
import { changeOnGrid, parkedVisit } from '../parking/parking.ts'
import { dateOf, spanOf, type DiaryColumn } from './columns.ts'
import { noPlace } from './lanes.ts'
import { placeChange } from './place-change.ts'
import type { ViewState } from './view-state.ts'

interface Parts {
  state: () => ViewState
  zone: () => string
  date: () => string
  diary: () => Diary | undefined
  columns: () => readonly DiaryColumn[]
  events: () => readonly GridEvent[]
  visit: (id: string | null) => DiaryVisit | undefined
  lanes: { kindOf: (resourceId: string) => string | undefined; placeKindOf: (visitTypeId: string) => string | null }
}

/** What is meant by a place on the grid: a column is a day, and somebody or somewhere. */
export function useGridWrites({ state, zone, date, diary, columns, events, visit, lanes }: Parts) {
  const columnOf = (id: string | undefined): DiaryColumn | undefined => columns().find((column) => column.id === id)

  /** Whether somebody is there then, as far as the diary on screen knows. */
  function isOpen(practitionerId: string, column: DiaryColumn, place: Place): boolean {
    const known = diary()
    const person = known?.columns.find(({ resourceId }) => resourceId === practitionerId)
    const spans = known && person ? person.open.filter(({ start }) => dateOf(start, known) === column.date).map(({ start, end }) => spanOf(start, end, known)) : []
    return within(place, column.open) && (state().kind === 'people' || !person || within(place, spans))
  }

  return {
    /** Moves or resizes a card to a place; another column is another day, person or room. */
    move(cardId: string, place: Place, words: 'diary.moved' | 'diary.resized'): void {
      const [found, column] = [visit(cardId) ?? parkedVisit(cardId), columnOf(place.columnId)]
      if (!found || !column) return
      const from = columnOf(events().find(({ id }) => id === cardId)?.columnId)
      const people = state().kind === 'people'
      const practitionerId = people ? column.resourceId : found.practitionerId
      const places = people || !from ? undefined : placeChange(found, from.resourceId, column.resourceId, { kindOf: lanes.kindOf, placeKind: lanes.placeKindOf(found.visitTypeId) })
      const outsideHours = may('appointment.outside_hours') && !isOpen(practitionerId, column, place) // the ghost has warned
      const at = (minute: number): string => instantOf(minute, zone(), column.date)
      void changeOnGrid(found, { startsAt: at(place.start), endsAt: at(place.end), practitionerId, outsideHours, ...(places ? { places } : {}) }, words, `${columnName(column)} \u2066${spanText(place)}\u2069`)
    },
    /** What is known of a booking that begins at a place, or nowhere yet. */
    startAt(place: Place | null, dragged: boolean, patientId: string | undefined): BookingStart {
      const column = columnOf(place?.columnId)
      const resourceId = column?.resourceId ?? null
      const people = state().kind === 'people'
      return {
        date: column?.date ?? date(),
        practitionerId: people ? resourceId : null,
        placeId: people || resourceId === noPlace ? null : resourceId,
        minute: place?.start ?? null,
        length: place && dragged ? place.end - place.start : null,
        patientId: patientId ?? null,
      }
    },
  }
}
