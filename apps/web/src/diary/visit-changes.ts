import type { DiaryVisit } from '@yoman/contract/diary'
import { instant, minutesBetween } from '@yoman/domain/time'
import { language, t } from '../i18n.ts'
import { showClock, showInstantDay } from '../ui/show-times.ts'

type Facts = Pick<DiaryVisit, 'startsAt' | 'endsAt' | 'practitionerId' | 'status' | 'deskNote'>

/** A sentence for each thing that differs between a visit as it was seen and as it is, from old to new; times on the wall of `zone`. */
export function changesBetween(seen: Facts, now: Facts, zone: string, resourceName: (id: string) => string): string[] {
  const sentences: string[] = []
  const times: [string, string] = [whenOf(seen.startsAt, zone), whenOf(now.startsAt, zone)]
  const lengths: [number, number] = [lengthOf(seen), lengthOf(now)]
  if (times[0] !== times[1]) sentences.push(t('diary.staleParts.time', { from: times[0], to: times[1] }))
  if (lengths[0] !== lengths[1]) sentences.push(t('diary.staleParts.length', { from: lengths[0], to: lengths[1] }))
  if (seen.practitionerId !== now.practitionerId) sentences.push(t('diary.staleParts.practitioner', { from: resourceName(seen.practitionerId), to: resourceName(now.practitionerId) }))
  if (seen.status !== now.status) sentences.push(t('diary.staleParts.status', { from: t(`diary.status.${seen.status}`), to: t(`diary.status.${now.status}`) }))
  if (seen.deskNote !== now.deskNote) sentences.push(t('diary.staleParts.note'))
  return sentences
}

/** Isolated left to right: the words around it may be Hebrew. */
const whenOf = (at: string, zone: string): string => `\u2066${showInstantDay(at, zone, language.value)} ${showClock(at, zone, language.value)}\u2069`

const lengthOf = ({ startsAt, endsAt }: Facts): number => minutesBetween(instant(startsAt), instant(endsAt))
