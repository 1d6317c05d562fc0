import { createHash } from 'node:crypto'
import type { Instant } from '@yoman/domain/time'

/** What goes into the patient's own calendar: that there is an appointment, when and where. No kind of visit, and no name of the patient. */
export interface CalendarEntry {
  /** Stays the same while the visit does, so that a moved one takes the place of the one before. */
  uid: string
  /** Grows with each change of the visit. */
  sequence: number
  summary: string
  location: string
  startsAt: Instant
  endsAt: Instant
  writtenAt: Instant
}

/** One event as RFC 5545 writes it: lines of at most 75 octets, ended by CRLF. `CANCEL` takes it out of the calendar again (RFC 5546). */
export const calendarEntry = (entry: CalendarEntry, method: 'PUBLISH' | 'CANCEL' = 'PUBLISH'): string => calendarOf([`METHOD:${method}`], entryLines(entry, method === 'CANCEL'))

/** Several visits as one calendar to subscribe to. The same visits make the same bytes, so that a program may ask whether anything is new. */
export const calendarFeed = (name: string, entries: readonly CalendarEntry[]): string =>
  calendarOf(['METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT15M', 'X-PUBLISHED-TTL:PT15M'], entries.flatMap((entry) => entryLines(entry, false)))

/** The name of a visit in every calendar that it stands in: it follows from our id, and does not tell it. */
export const calendarUid = (appointmentId: string): string => `${createHash('sha256').update(`calendar|${appointmentId}`).digest('hex').slice(0, 32)}@yoman`

function entryLines({ uid, sequence, summary, location, startsAt, endsAt, writtenAt }: CalendarEntry, cancelled: boolean): string[] {
  return [
    'BEGIN:VEVENT', `UID:${uid}`, `SEQUENCE:${sequence}`, `DTSTAMP:${stamp(writtenAt)}`, `DTSTART:${stamp(startsAt)}`, `DTEND:${stamp(endsAt)}`,
    `SUMMARY:${escaped(summary)}`, ...(location === '' ? [] : [`LOCATION:${escaped(location)}`]), ...(cancelled ? ['STATUS:CANCELLED'] : []), 'END:VEVENT',
  ]
}

const calendarOf = (head: readonly string[], events: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Yoman//Visit//EN', ...head, ...events, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('')

const stamp = (at: Instant): string => at.round('second').toString().replaceAll(/[-:]/g, '')

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`)

/** Folds at 75 octets, never inside a letter; what goes on begins with a space. */
function folded(line: string): string {
  const rows: string[] = []
  let row = ''
  for (const letter of line) {
    if (Buffer.byteLength(row + letter) > (rows.length === 0 ? 75 : 74)) {
      rows.push(row)
      row = ''
    }
    row += letter
  }
  return [...rows, row].join('\r\n ')
}
