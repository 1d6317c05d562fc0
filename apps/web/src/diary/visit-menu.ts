import { CalendarClock, CalendarX2, PanelRightOpen, Undo2, UserRound } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/appointments'
import { businessNow } from '../clock.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import type { MenuItem } from '../ui/menu.ts'
import { mayCancel, mayMove, statusIcons, steps, stepsOf } from './visit-status.ts'
import { stepVisit, undoStep } from './visit-writes.ts'

/** Everything that can be done to a visit from its card. */
export function menuOf(visit: DiaryVisit, zone: string): MenuItem[] {
  const flow = may('appointment.flow')
  return [
    { key: 'open', label: t('diary.action.open'), icon: PanelRightOpen },
    ...(may('patient.read') ? [{ key: 'patient', label: t('diary.action.openPatient'), icon: UserRound }] : []),
    ...(flow ? stepsOf(visit, businessNow(), zone).map(({ to, label }, index) => ({ key: to, label: t(label), icon: statusIcons[to], apart: index === 0 })) : []),
    ...(flow && visit.status !== 'booked' ? [{ key: 'undo', label: t('diary.action.undo'), icon: Undo2 }] : []),
    ...(may('appointment.move') && mayMove(visit.status) ? [{ key: 'move', label: t('diary.action.move'), icon: CalendarClock, apart: true }] : []),
    ...(flow && mayCancel(visit.status) ? [{ key: 'cancel', label: t('diary.action.cancel'), icon: CalendarX2, danger: true, apart: !mayMove(visit.status) }] : []),
  ]
}

/** Does the step that the chosen item names. */
export async function runMenu(visit: DiaryVisit, key: string): Promise<void> {
  const step = steps.find(({ to }) => to === key)
  if (step) await stepVisit(visit, step.route, step.to)
  else if (key === 'undo') await undoStep(visit)
}
