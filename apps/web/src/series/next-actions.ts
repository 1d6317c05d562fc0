import type { DiaryVisit } from '@yoman/contract/diary'
import { instant, isAfter } from '@yoman/domain/time'
import { shiftBetween, shifted } from '@yoman/domain/series/recurrence'
import { call } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { may } from '../session.ts'
import { type ToastAction, toast } from '../ui/toasts.ts'
import { distanceAsked, openRepeat, openSeries } from './series-dialogs.ts'

interface Moved {
  startsAt: string
  practitionerId: string
}

/** After a visit of a series was moved by itself: the offer to move those that follow by as much. */
export function followAction(visit: DiaryVisit, to: Moved): ToastAction | undefined {
  const { series } = visit
  const stays = to.startsAt === visit.startsAt && to.practitionerId === visit.practitionerId
  if (!series || series.place >= series.of || stays) return undefined
  return { label: t('series.moveFollowing'), run: () => void follow(visit, series.id, to) }
}

async function follow(visit: DiaryVisit, seriesId: string, to: Moved): Promise<void> {
  try {
    const { visits, timeZone } = await call('GET /series/:id', { params: { id: seriesId } })
    const next = visits.find((one) => one.ahead && one.appointmentId !== visit.id && isAfter(instant(one.startsAt), instant(visit.startsAt)))
    if (!next) return
    const shift = shiftBetween(timeZone, instant(visit.startsAt), instant(to.startsAt))
    const startsAt = shifted(timeZone, instant(next.startsAt), shift).toString()
    openSeries(visit, { appointmentId: next.appointmentId, startsAt, practitionerId: to.practitionerId === visit.practitionerId ? null : to.practitionerId })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
}

/** After a treatment is over, while the patient still stands at the desk: the next visit. */
export function nextVisitAction(visit: DiaryVisit, to: DiaryVisit['status']): ToastAction | undefined {
  if (to !== 'completed' || !may('appointment.book')) return undefined
  return { label: t('series.again'), run: () => openRepeat(visit, distanceAsked.value) }
}
