import { dateIn, instant, instantFromMs } from '@yoman/domain/time'
import { nowMs } from '../clock.ts'
import { language, t } from '../i18n.ts'
import { showShortDay } from '../ui/show-times.ts'

/** Since when somebody has waited, and how many days that is: `מחכים מ־יום א׳, 1 בנוב׳ (5 ימים)`. */
export function waitedWords(since: string, zone: string): string {
  const from = dateIn(zone, instant(since))
  const days = from.until(dateIn(zone, instantFromMs(nowMs.value))).days
  return days <= 0 ? t('waitlist.days', {}, 0) : `${t('waitlist.since', { day: showShortDay(from.toString(), language.value) })} (${t('waitlist.days', {}, days)})`
}
