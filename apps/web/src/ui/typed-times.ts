import { plainDate } from '@yoman/domain/time'

/** A date as people write it in Israel (`24/11/2026`, `24.11.26`, `24-11`) as ISO; null when it is none. A missing year is `today`'s, two digits are this century. */
export function readDate(typed: string, today: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed.trim())
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/.exec(typed.trim())
  if (!parts) return null
  const year = parts[3] === undefined ? Number(today.slice(0, 4)) : parts[3].length === 2 ? 2000 + Number(parts[3]) : Number(parts[3])
  return checked(year, Number(parts[2]), Number(parts[1]))
}

/** ISO date as `dd/mm/yyyy`. */
export const showDate = (iso: string): string => iso.split('-').reverse().join('/')

/** A time of day as people write it (`9`, `930`, `9:30`, `09.30`) as `HH:mm`; null when it is none. */
export function readTime(typed: string): string | null {
  const parts = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.trim())
  if (!parts) return null
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? '0')]
  return hour < 24 && minute < 60 ? `${pad(hour)}:${pad(minute)}` : null
}

function checked(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  try {
    return plainDate(text).toString()
  } catch {
    return null // RangeError is how Temporal says that the calendar has no such day
  }
}

const pad = (n: number): string => String(n).padStart(2, '0')
