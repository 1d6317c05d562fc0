import { CalendarOff, CalendarPlus, CircleParking, Hourglass, ListChecks } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { instant, isAfter } from '@yoman/domain/time'
import { openNewBlock } from '../blocks/block-dialog.ts'
import { branch } from '../branch.ts'
import { businessNow } from '../clock.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { openNewTask } from '../tasks/new-task.ts'
import { openFill } from '../waitlist/dialogs.ts'
import type { BookingStart } from './BookingDialog.vue'
import { instantOf } from './day-minutes.ts'
import { nameOf } from './grid-data.ts'
import { freeUntil } from './free-until.ts'
import { clockText, type GridEvent, type Place } from './grid/grid-model.ts'
import type { VisitMenuItem } from './visit-menu.ts'

/** What a page knows and does about an empty slot. */
export interface SlotHost {
  zone: string
  /** What a booking there would begin with. */
  start: BookingStart
  book: () => void
  /** The parked visit that would be set down; undefined where the tray is empty. */
  parked: DiaryVisit | undefined
  paste: () => void
  /** The cards of the diary on screen. */
  events: readonly GridEvent[]
}

/** Everything that can be done with an empty slot, from the slot itself. */
export function slotMenuOf(place: Place, { zone, start, book, parked, paste, events }: SlotHost): VisitMenuItem[] {
  const { date, practitionerId, placeId = null } = start
  const here = branch.value
  const at = instantOf(place.start, zone, date)
  const ahead = isAfter(instant(at), businessNow())
  return [
    ...(may('appointment.book') ? [{ key: 'book', label: t('diary.slot.book'), icon: CalendarPlus, run: book }] : []),
    ...(may('waitlist.read') && here && practitionerId !== null && ahead ? [{ key: 'fill', label: t('diary.slot.fill'), icon: Hourglass, run: () => openFill({ branchId: here.id, practitionerId, startsAt: at }) }] : []),
    ...(may('appointment.move') && parked ? [{ key: 'paste', label: t('diary.slot.paste', { name: nameOf(parked.patient) }), icon: CircleParking, run: paste }] : []),
    ...(may('block.write') ? [{ key: 'block', label: t('diary.slot.block'), icon: CalendarOff, apart: true, run: () => openNewBlock({ date, resourceId: practitionerId ?? placeId, start: place.start, end: freeUntil(place, events) }) }] : []),
    ...(may('task.write') ? [{ key: 'task', label: t('diary.slot.task'), icon: ListChecks, apart: !may('block.write'), run: () => openNewTask({ date, time: clockText(place.start) }) }] : []),
  ]
}
