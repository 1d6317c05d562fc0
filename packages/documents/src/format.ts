import type { Agorot } from '@yoman/domain/money/agorot'
import type { PlainDate } from '@yoman/domain/time'

/** `₪1,234.56`: the sign stands to the left of the number in Hebrew and in English alike. */
export function shekels(sum: Agorot): string {
  const size = Math.abs(sum)
  const whole = Math.trunc(size / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sum < 0 ? '-' : ''}₪${whole}.${(size % 100).toString().padStart(2, '0')}`
}

/** Basis points as people write them: 1800 is `18%`, 1750 is `17.5%`. */
export const percent = (basisPoints: number): string => `${basisPoints / 100}%`

/** `22/11/2026`, day first in both languages, as everyone in Israel writes it. */
export const dayFirst = (date: PlainDate): string =>
  `${date.day.toString().padStart(2, '0')}/${date.month.toString().padStart(2, '0')}/${date.year}`

/** Only places named in `values` are filled, each once, and what is filled in is never read again. */
export const fill = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place))
