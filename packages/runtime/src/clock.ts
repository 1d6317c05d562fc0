/** The machine's wall clock, in milliseconds since 1970. The only reader of real time in this package. */
export const wallClock = (): number => Date.now()

/** Milliseconds since 1970 of a text with its own zone (ISO 8601 or RFC 2822), or undefined when it is none. */
export function parseTime(text: string): number | undefined {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/** `2026-11-22T10:00:00.000Z` */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

/** RFC 2822, as Twilio writes times: `Sun, 22 Nov 2026 10:00:00 +0000` */
export const mailTime = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000')

/** Milliseconds since 1970 of a wall-clock time in UTC; `month` is 1 to 12, and days beyond the month's end run on. */
export const utcTime = (year: number, month: number, day: number, hour: number): number => Date.UTC(year, month - 1, day, hour)
