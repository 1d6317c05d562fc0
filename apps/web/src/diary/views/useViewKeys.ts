import { t } from '../../i18n.ts'
import { useShortcuts } from '../../shortcuts.ts'
import { announce } from '../../ui/announcer.ts'
import { toggled, type Lane } from './lanes.ts'
import type { ViewState } from './view-state.ts'
import type { useView } from './useView.ts'

interface Lanes {
  here: readonly Lane[]
  usual: readonly Lane[]
  shown: readonly Lane[]
  hidden: readonly string[]
}

/** The diary's keys: D, W, M and L are views, T is today, 1 to 9 turn a column on and off, 0 shows all, and paper is for the list. */
export function useViewKeys({ turnTo, turn, go, state }: ReturnType<typeof useView>, { today, print }: { today: () => void; print: () => void }, lanes: () => Lanes): void {
  const filter = (of: ViewState['of']): void => go({ of }, 'replace')
  function toggle(index: number): void {
    const { here, usual, shown } = lanes()
    const lane = here[index]
    if (!lane || state.value.view === 'month') return
    const of = toggled(shown.filter(({ id }) => here.some((one) => one.id === id)), usual, lane.id)
    filter(of)
    announce(t(of === null || of.includes(lane.id) ? 'diary.views.nowShown' : 'diary.views.nowHidden', { name: lane.title }))
  }
  function all(): void {
    filter(state.value.view === 'week' || lanes().hidden.length > 0 ? 'all' : null)
    announce(t('diary.views.allShown'))
  }
  const digits = Array.from({ length: 9 }, (_, index) => [`Digit${index + 1}`, `Numpad${index + 1}`].map((code) => [code, () => toggle(index)] as const)).flat()
  useShortcuts({
    KeyT: today,
    'Ctrl+KeyP': print,
    PageDown: () => turn(1),
    PageUp: () => turn(-1),
    KeyD: () => turnTo('day'),
    KeyW: () => turnTo('week'),
    KeyM: () => turnTo('month'),
    KeyL: () => turnTo('list'),
    Digit0: all,
    Numpad0: all,
    ...Object.fromEntries(digits),
  })
}
