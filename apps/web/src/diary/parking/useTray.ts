import { computed } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { t } from '../../i18n.ts'
import { useSettings } from '../../settings/useSettings.ts'
import { toast } from '../../ui/toasts.ts'
import { idOfCard } from '../grid-data.ts'
import type { GridEvent, GridFacts, Place } from '../grid/grid-model.ts'
import { factsOf } from '../visit-facts.ts'
import { lengthOf, parkVisit, useParking } from './parking.ts'

interface Parts {
  zone: () => string
  events: () => readonly GridEvent[]
  visit: (id: string | null) => DiaryVisit | undefined
  move: (cardId: string, place: Place, words: 'diary.moved') => void
}

/** What the grid asks of the parking tray: which cards lie on it, what is told of a card, to park one and to set one down. */
export function useTray({ zone, events, visit, move }: Parts) {
  const parking = useParking()
  const { visitTypeName, resourceName } = useSettings()
  return {
    // What occupies several columns has a card in each.
    parkedCards: computed(() => new Set(events().filter(({ id }) => parking.ids.value.has(idOfCard(id))).map(({ id }) => id))),
    facts(id: string): GridFacts | null {
      const found = visit(id)
      return found ? factsOf(found, parking.find(found.id), { zone: zone(), visitTypeName, resourceName }) : null
    },
    /** What V, or the slot's menu, sets down. */
    next: parking.next,
    park(id: string): void {
      const found = visit(id)
      if (found) void parkVisit(found)
    },
    paste(place: Place): void {
      const found = parking.next()
      if (found) move(found.id, { ...place, end: place.start + lengthOf(found) }, 'diary.moved')
      else toast(t('diary.parkingEmpty'))
    },
  }
}
