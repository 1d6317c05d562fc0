import { computed } from 'vue'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import { instant } from '@yoman/domain/time'
import { useSettings } from '../settings/useSettings.ts'
import { clashOf, clashScene } from './clash.ts'
import { clashWords } from './clash-words.ts'
import { instantOf } from './day-minutes.ts'
import type { Place } from './grid/grid-model.ts'
import type { DiaryColumn } from './views/columns.ts'

interface Parts {
  diary: () => Diary | undefined
  columns: () => readonly DiaryColumn[]
  visit: (cardId: string) => DiaryVisit | undefined
  people: () => boolean
  zone: () => string
}

/** Says in words what would be in the way of a card at a place of the grid, whatever its columns are; empty where nothing is known. */
export function useClash({ diary, columns, visit, people, zone }: Parts): (cardId: string, place: Place) => string {
  const { settings, resourceName, visitTypeName } = useSettings()
  const scene = computed(() => {
    const [known, clinic] = [diary(), settings.value]
    return known && clinic ? clashScene(known, clinic) : null
  })
  return (cardId, place) => {
    const [found, column] = [visit(cardId), columns().find(({ id }) => id === place.columnId)]
    if (!found || !column || !scene.value) return ''
    const at = (minute: number): number => instant(instantOf(minute, zone(), column.date)).epochMilliseconds
    const besides = found.resourceIds.filter((id) => id !== found.practitionerId)
    const clash = clashOf(
      {
        visitId: found.id,
        visitTypeId: found.visitTypeId,
        practitionerId: people() ? column.resourceId : found.practitionerId,
        besides,
        // A card that is let go in another room asks for that room.
        placeId: people() || besides.includes(column.resourceId) || !scene.value.kindOf.has(column.resourceId) ? null : column.resourceId,
        from: at(place.start),
        to: at(place.end),
      },
      scene.value,
    )
    return clash ? clashWords(clash, { zone: zone(), resourceName, visitTypeName }) : ''
  }
}
