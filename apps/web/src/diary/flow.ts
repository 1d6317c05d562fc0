import { computed } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { type FlowSetting, usualFlow } from '@yoman/domain/flow/flow'
import type { Instant } from '@yoman/domain/time'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { businessNow } from '../clock.ts'
import { may } from '../session.ts'
import { useShortcuts } from '../shortcuts.ts'
import { undoLast } from '../ui/toasts.ts'
import { type Status, type Step, stepsOf } from './visit-status.ts'
import { stepVisit } from './visit-writes.ts'

const usualNext: Partial<Record<Status, Status>> = { booked: 'arrived', confirmed: 'arrived', arrived: 'called', called: 'in_treatment', in_treatment: 'completed' }

/** The step that the desk mostly takes next: on the day itself people arrive, are called in, are treated and done; before it, they confirm. */
export function mainStepOf(visit: Pick<DiaryVisit, 'status' | 'startsAt'>, now: Instant, zone: string): Step | undefined {
  const possible = stepsOf(visit, now, zone)
  return possible.find(({ to }) => to === usualNext[visit.status]) ?? possible.find(({ to }) => to === 'confirmed')
}

/** Physical keys of the steps on the chosen card. */
export const flowKeys = { KeyA: 'arrived', KeyC: 'called', KeyS: 'in_treatment', KeyE: 'completed' } as const satisfies Record<string, Status>

/** One key for each step of the day, on the visit that `chosen` answers at that moment; a step that it cannot take is left alone. Z takes back what was done last. */
export function useFlowKeys(chosen: () => DiaryVisit | undefined, zone: () => string): void {
  const take = (to: Status): void => {
    const visit = chosen()
    const step = visit && may('appointment.flow') ? stepsOf(visit, businessNow(), zone()).find((one) => one.to === to) : undefined
    if (visit && step) void stepVisit(visit, step.route, step.to)
  }
  useShortcuts({ ...Object.fromEntries(Object.entries(flowKeys).map(([key, to]) => [key, () => take(to)])), KeyZ: () => undoLast() })
}

/** How the waiting room of the branch on screen is run. */
export function useFlowSetting() {
  const { data } = useRead('GET /flow-settings', {}, { enabled: () => may('settings.read') })
  return computed<FlowSetting>(() => data.value?.items.find(({ branchId }) => branchId === branch.value?.id) ?? usualFlow)
}
