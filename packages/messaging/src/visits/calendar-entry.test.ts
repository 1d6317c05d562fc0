import { instant } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { calendarEntry, calendarFeed, calendarUid } from './calendar-entry.ts'

const entry = { uid: 'a@yoman', sequence: 2, summary: 'התור שלך – מרפאת הדר', location: 'סניף; דיזנגוף 1, תל אביב\nקומה 2', startsAt: instant('2026-11-24T07:00:00Z'), endsAt: instant('2026-11-24T07:30:00Z'), writtenAt: instant('2026-11-22T06:00:00.123Z') }

test('writes one event in UTC, its lines ended by CRLF, its words escaped', () => {
  const text = calendarEntry(entry)
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  for (const line of ['DTSTART:20261124T070000Z', 'DTEND:20261124T073000Z', 'DTSTAMP:20261122T060000Z', 'SEQUENCE:2', 'UID:a@yoman']) expect(text.split('\r\n')).toContain(line)
  expect(text).toContain(String.raw`LOCATION:סניף\; דיזנגוף 1\, תל אביב\nקומה 2`)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('folds at 75 octets and never inside a letter', () => {
  const summary = 'שלום 😀 '.repeat(30).trim()
  const rows = calendarEntry({ ...entry, summary }).split('\r\n')
  for (const row of rows) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75)
  expect(rows.join('\r\n').replaceAll('\r\n ', '')).toContain(`SUMMARY:${summary}`)
  expect(calendarEntry({ ...entry, location: '' })).not.toContain('LOCATION')
})

test('takes a visit out again under the same name', () => {
  const text = calendarEntry({ ...entry, sequence: 3 }, 'CANCEL')
  for (const line of ['METHOD:CANCEL', 'STATUS:CANCELLED', 'UID:a@yoman', 'SEQUENCE:3']) expect(text.split('\r\n')).toContain(line)
  expect(calendarEntry(entry)).toContain('METHOD:PUBLISH')
  expect(calendarEntry(entry)).not.toContain('STATUS')
})

test('writes many as one calendar, the same each time', () => {
  const feed = calendarFeed('התורים שלי', [entry, { ...entry, uid: 'b@yoman' }])
  expect(feed.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  expect(feed.match(/BEGIN:VCALENDAR/g)).toHaveLength(1)
  expect(calendarFeed('התורים שלי', [entry, { ...entry, uid: 'b@yoman' }])).toBe(feed)
})

test('names a visit without telling its id', () => {
  expect(calendarUid('0197-1')).toMatch(/^[0-9a-f]{32}@yoman$/)
  expect(calendarUid('0197-1')).not.toBe(calendarUid('0197-2'))
})
