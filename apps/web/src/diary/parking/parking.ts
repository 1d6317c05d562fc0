import { computed, ref } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import type { Parked } from '@yoman/contract/parking'
import type { Outputs } from '@yoman/contract/routes'
import { instant, minutesBetween } from '@yoman/domain/time'
import { call, renew, useRead } from '../../api.ts'
import { queryClient } from '../../cache.ts'
import { branch } from '../../branch.ts'
import { businessNow } from '../../clock.ts'
import { t } from '../../i18n.ts'
import { problemWords } from '../../problem-words.ts'
import { me } from '../../session.ts'
import { toast } from '../../ui/toasts.ts'
import { nameOf } from '../grid-data.ts'
import { changeVisit, putBack, type Change } from '../visit-writes.ts'

/*
 * The parking tray: visits put aside until another time is found, the same for every desk. At once on the screen, then on the
 * server; a refusal puts things back and says why.
 */
type Tray = Outputs['GET /parked-appointments']

const trayKey = () => ['GET /parked-appointments', { query: { branchId: branch.value?.id ?? '' } }]

/** The parked visit that the next press on an empty slot sets down there; null where presses book. */
export const placingId = ref<string | null>(null)

/** The tray of the branch on screen. */
export function useParking() {
  const read = useRead('GET /parked-appointments', () => ({ query: { branchId: branch.value?.id ?? '' } }), { enabled: () => branch.value !== undefined })
  const items = computed(() => read.data.value?.items ?? [])
  const find = (id: string | null): Parked | undefined => items.value.find(({ visit }) => visit.id === id)
  const placing = computed(() => find(placingId.value))
  return {
    items,
    placing,
    find,
    ids: computed<ReadonlySet<string>>(() => new Set(items.value.map(({ visit }) => visit.id))),
    /** What V sets down: the one that was chosen, or the one that was parked last. */
    next: (): DiaryVisit | undefined => (placing.value ?? items.value.at(-1))?.visit,
  }
}

/** Puts a visit on the tray. */
export async function parkVisit(visit: DiaryVisit): Promise<void> {
  change((items) => (items.some((one) => one.visit.id === visit.id) ? items : [...items, { visit, parkedAt: businessNow().toString(), byName: me.value?.name ?? null, mine: true }]))
  try {
    await call('POST /appointments/:id/parking', { params: { id: visit.id } })
    toast(t('diary.parkedDone', { name: nameOf(visit.patient) }), { detail: t('diary.parkedHint'), undo: () => void unparkVisit(visit) })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renew('GET /parked-appointments')
}

/** Takes a visit off the tray: it is where it was. */
export async function unparkVisit(visit: DiaryVisit): Promise<void> {
  forget(visit.id)
  try {
    await call('DELETE /appointments/:id/parking', { params: { id: visit.id } })
    toast(t('diary.unparked', { name: nameOf(visit.patient) }), { undo: () => void parkVisit(visit) })
  } catch (error) {
    await putBack(visit, error)
  }
  renew('GET /parked-appointments')
}

/** Moves or resizes a visit in the grid; one from the tray is set down. */
export function changeOnGrid(visit: DiaryVisit, change: Change, words: 'diary.moved' | 'diary.resized', detail: string): Promise<void> {
  return words === 'diary.moved' && parkedVisit(visit.id) ? placeVisit(visit, change, detail) : changeVisit(visit, change, words, detail)
}

/** A visit that lies on the tray of the branch on screen, as far as it was read. */
export const parkedVisit = (id: string): DiaryVisit | undefined => queryClient.getQueryData<Tray>(trayKey())?.items.find(({ visit }) => visit.id === id)?.visit

/** Sets a parked visit down. Back on its own place it is only taken off the tray; its undo parks it again. */
export async function placeVisit(visit: DiaryVisit, to: Change, detail: string): Promise<void> {
  if (instant(to.startsAt).equals(instant(visit.startsAt)) && to.practitionerId === visit.practitionerId) return unparkVisit(visit)
  forget(visit.id)
  await changeVisit(visit, to, 'diary.moved', detail, () => parkVisit(visit))
  renew('GET /parked-appointments')
}

/** How long it takes, in minutes. */
export const lengthOf = ({ startsAt, endsAt }: DiaryVisit): number => minutesBetween(instant(startsAt), instant(endsAt))

function forget(id: string): void {
  if (placingId.value === id) placingId.value = null
  change((items) => items.filter(({ visit }) => visit.id !== id))
}

const change = (update: (items: Parked[]) => Parked[]): void =>
  void queryClient.setQueriesData<Tray>({ queryKey: trayKey() }, (tray) => tray && { items: update(tray.items) })
