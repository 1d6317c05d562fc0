import { CalendarPlus, CalendarRange, Repeat } from '@lucide/vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { openDialog } from '../diary/dialogs/dialog.ts'
import type { VisitMenuItem } from '../diary/visit-menu.ts'
import { t } from '../i18n.ts'
import { may } from '../session.ts'
import { distanceAsked, openRepeat, openSeries } from './series-dialogs.ts'

/** The next visit from the card of this one: the two that are asked for most, any other, and the series. */
export function repeatMenu(visit: DiaryVisit): VisitMenuItem[] {
  const { series } = visit
  return [
    ...(may('appointment.book')
      ? [
          { key: 'again-week', label: t('series.againWeek'), icon: CalendarPlus, apart: true, run: () => openRepeat(visit, 'w1') },
          { key: 'again-quarter', label: t('series.againQuarter'), icon: CalendarPlus, run: () => openRepeat(visit, 'm3') },
          { key: 'again-other', label: t('series.againOther'), icon: CalendarRange, run: () => openRepeat(visit, distanceAsked.value) },
        ]
      : []),
    ...(series ? [{ key: 'series', label: t('series.open', { place: series.place, of: series.of }), icon: Repeat, run: () => openSeries(visit) }] : []),
    ...(may('appointment.book') && !series ? [{ key: 'new-series', label: t('series.new'), icon: Repeat, run: () => openDialog('new-series', visit) }] : []),
  ]
}
