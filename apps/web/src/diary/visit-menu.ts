import { CalendarClock, CalendarX2, CircleParking, ListChecks, ListPlus, PanelRightOpen, Phone, Undo2, UserRound } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { openContact } from '../contacts/dialog.ts'
import { businessNow } from '../clock.ts'
import { t } from '../i18n.ts'
import { paperEntry } from '../papers/paper-menu.ts'
import type { InHand } from '../patients/in-hand.ts'
import { paths } from '../paths.ts'
import { repeatMenu } from '../series/repeat-menu.ts'
import { may } from '../session.ts'
import type { MenuItem } from '../ui/menu.ts'
import { earlierEntry } from '../waitlist/menu-entry.ts'
import { openDialog } from './dialogs/dialog.ts'
import { nameOf } from './grid-data.ts'
import { parkedVisit, parkVisit, unparkVisit } from './parking/parking.ts'
import { mayCancel, mayMove, statusIcons, stepsOf } from './visit-status.ts'
import { stepVisit, undoStep } from './visit-writes.ts'

/** What a page has to offer for the menu of a card. */
export interface MenuHost {
  zone: string
  /** Opens the visit beside the grid. */
  open: (id: string) => void
  go: (path: string) => void
  /** The clinic asks something of its own at visits. */
  ownFields: boolean
}

export interface VisitMenuItem extends MenuItem {
  run: () => unknown
}

/** Everything that can be done to a visit from its card. */
export function menuOf(visit: DiaryVisit, host: MenuHost): VisitMenuItem[] {
  return [...lookAt(visit, host), ...goOn(visit, host), ...paperEntry(visit, nameOf(visit.patient)), ...(host.ownFields ? [fieldsEntry(visit)] : []), ...rearrange(visit), ...repeatMenu(visit)]
}

function lookAt(visit: DiaryVisit, { open, go }: MenuHost): VisitMenuItem[] {
  return [
    { key: 'open', label: t('diary.action.open'), icon: PanelRightOpen, run: () => open(visit.id) },
    ...(may('patient.read') ? [{ key: 'patient', label: t('diary.action.openPatient'), icon: UserRound, run: () => go(paths.patient(visit.patient.id)) }] : []),
  ]
}

const logCall = (visit: DiaryVisit): VisitMenuItem[] =>
  may('contact.write') ? [{ key: 'contact', label: t('contacts.new'), icon: Phone, run: () => openContact({ patient: inHandOf(visit) }) }] : []

/** Whom the keys of the keyboard are about while a visit is chosen. */
export const inHandOf = (visit: DiaryVisit | undefined): InHand | null => (visit ? { id: visit.patient.id, name: nameOf(visit.patient) } : null)

function goOn(visit: DiaryVisit, { zone }: MenuHost): VisitMenuItem[] {
  if (!may('appointment.flow')) return []
  return [
    ...stepsOf(visit, businessNow(), zone).map(({ to, label, route }, index) => ({ key: to, label: t(label), icon: statusIcons[to], apart: index === 0, run: () => stepVisit(visit, route, to) })),
    ...(visit.status === 'booked' ? [] : [{ key: 'undo', label: t('diary.action.undo'), icon: Undo2, run: () => undoStep(visit) }]),
  ]
}

function rearrange(visit: DiaryVisit): VisitMenuItem[] {
  return [
    ...(may('task.write') ? [{ key: 'task', label: t('tasks.fromVisit'), icon: ListChecks, apart: true, run: () => openDialog('task', visit) }] : []),
    ...logCall(visit),
    ...(may('appointment.move') && mayMove(visit.status) ? [{ key: 'move', label: t('diary.action.move'), icon: CalendarClock, apart: true, run: () => openDialog('move', visit) }, parkEntry(visit)] : []),
    ...earlierEntry(visit),
    ...(may('appointment.flow') && mayCancel(visit.status)
      ? [{ key: 'cancel', label: t('diary.action.cancel'), icon: CalendarX2, danger: true, apart: !mayMove(visit.status), run: () => openDialog('cancel', visit) }]
      : []),
  ]
}

const fieldsEntry = (visit: DiaryVisit): VisitMenuItem => ({ key: 'fields', label: t('fields.ofVisit'), icon: ListPlus, run: () => openDialog('fields', visit) })

const parkEntry = (visit: DiaryVisit): VisitMenuItem =>
  parkedVisit(visit.id)
    ? { key: 'unpark', label: t('diary.action.unpark'), icon: CircleParking, run: () => unparkVisit(visit) }
    : { key: 'park', label: t('diary.action.park'), icon: CircleParking, run: () => parkVisit(visit) }
