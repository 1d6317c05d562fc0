import { Hourglass } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { nameOf } from '../diary/grid-data.ts'
import { mayMove } from '../diary/visit-status.ts'
import type { VisitMenuItem } from '../diary/visit-menu.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { openEntry } from './dialogs.ts'

/** "Wants an earlier time", in the menu of a visit that is still to come. */
export function earlierEntry(visit: DiaryVisit): VisitMenuItem[] {
  if (!may('waitlist.write') || !mayMove(visit.status)) return []
  const { id, visitTypeId, practitionerId, startsAt, endsAt } = visit
  const start = { id, patientId: visit.patient.id, name: nameOf(visit.patient), visitTypeId, practitionerId, startsAt, endsAt }
  return [{ key: 'earlier', label: t('waitlist.wantsEarlier'), icon: Hourglass, run: () => openEntry({ visit: start }) }]
}
