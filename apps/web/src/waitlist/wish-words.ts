import type { WaitlistEntry } from '@yoman/contract/waitlist'
import { language, t } from '../i18n.ts'
import { showShortDay, weekdayLetters } from '../ui/show-times.ts'

/** Sunday first, as weeks begin here; ISO numbers of the days. */
export const weekdayOptions = (): { value: number; short: string; label: string }[] => weekdayLetters(language.value).map(({ short, long }, index) => ({ value: index === 0 ? 7 : index, short, label: long }))

/** What a patient wishes, in a few words: whom, which days, which part, until when. Nothing is said of what does not matter. */
export function wishWords({ practitionerIds, weekdays, parts, until }: Pick<WaitlistEntry, 'practitionerIds' | 'weekdays' | 'parts' | 'until'>, resourceName: (id: string) => string): string[] {
  const days = weekdayOptions().filter(({ value }) => weekdays.includes(value))
  return [
    practitionerIds.length === 0 ? t('waitlist.anyone') : practitionerIds.map(resourceName).join(', '),
    ...(days.length === 0 ? [] : [days.map(({ label }) => label).join(', ')]),
    ...(parts.length === 0 ? [] : [(['morning', 'afternoon', 'evening'] as const).filter((part) => parts.includes(part)).map((part) => t(`diary.partOfDay.${part}`)).join(', ')]),
    ...(until === null ? [] : [t('waitlist.untilDay', { day: showShortDay(until, language.value) })]),
  ]
}
