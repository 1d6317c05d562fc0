import { language, t } from '../i18n.ts'
import { weekdayLetters } from '../ui/show-times.ts'
import { weekdays, type HoursProblem } from './week-hours.ts'

/** A problem of a week's hours as a sentence that names the day. */
export function hoursWords({ code, weekday }: HoursProblem): string {
  const day = weekdayLetters(language.value)[weekdays.indexOf(weekday)]?.long ?? ''
  return `${day}: ${code === 'time_missing' ? t('common.timeInvalid') : t(`problems.${code}`)}`
}
