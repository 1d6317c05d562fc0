import { computed, shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { useVisitFields } from '../fields/visit-fields.ts'
import { t } from '../i18n.ts'
import type { Place } from './grid/grid-model.ts'
import { slotMenuOf, type SlotHost } from './slot-menu.ts'
import { menuOf, type MenuHost, type VisitMenuItem } from './visit-menu.ts'

type Point = { x: number; y: number }

interface Parts {
  visit: (id: string | null) => DiaryVisit | undefined
  card: () => Omit<MenuHost, 'ownFields'>
  slot: (place: Place) => SlotHost
}

/** The one menu of the diary that is open: a card's, or an empty slot's. */
export function useMenus({ visit, card, slot }: Parts) {
  const about = shallowRef<{ id: string } | { place: Place } | null>(null)
  const at = shallowRef<Point | null>(null)
  const ownFields = useVisitFields()
  const items = computed<VisitMenuItem[]>(() => {
    if (about.value === null) return []
    if ('place' in about.value) return slotMenuOf(about.value.place, slot(about.value.place))
    const chosen = visit(about.value.id)
    return chosen ? menuOf(chosen, { ...card(), ownFields: ownFields.value }) : []
  })
  return {
    at,
    items,
    label: computed(() => t(about.value !== null && 'place' in about.value ? 'diary.slot.menu' : 'diary.details')),
    ofCard(id: string, point: Point): void {
      if (!visit(id)) return
      about.value = { id }
      at.value = point
    },
    ofSlot(place: Place, point: Point): void {
      if (slotMenuOf(place, slot(place)).length === 0) return
      about.value = { place }
      at.value = point
    },
    choose: (key: string): unknown => items.value.find((item) => item.key === key)?.run(),
  }
}
