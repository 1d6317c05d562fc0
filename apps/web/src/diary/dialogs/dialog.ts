import { shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'

/** What can be asked about a visit. A new one gets its name here and its component in DiaryDialogs.vue. */
export type DialogKind = 'cancel' | 'move' | 'repeat' | 'new-series' | 'series' | 'task' | 'fields'

/** The one dialog about a visit that is open, wherever it was asked for: a card's menu, the panel, a key. */
export const dialog = shallowRef<{ kind: DialogKind; visit: DiaryVisit } | null>(null)

export const openDialog = (kind: DialogKind, visit: DiaryVisit): void => void (dialog.value = { kind, visit })
export const closeDialog = (): void => void (dialog.value = null)
