import { dateIn, instant } from '@yoman/domain/time'
import { language } from '../i18n.ts'
import { showClock, showShortDay } from '../ui/show-times.ts'

/** Day and hour of a place, the hour kept left to right: `יום ב׳, 23 בנוב׳ 10:30`. */
export const placeWords = (startsAt: string, zone: string): string => `${showShortDay(dateIn(zone, instant(startsAt)).toString(), language.value)} \u2066${showClock(startsAt, zone, language.value)}\u2069`
