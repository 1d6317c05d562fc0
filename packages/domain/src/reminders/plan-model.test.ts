// The plan against a slow model that shares nothing with it: every minute of 400 days is asked of Intl and a printed list of
// holidays, and the answer is looked for minute by minute.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantFromMs, plainTime } from '../time.ts'
import { planReminders } from './plan.ts'

const holidays = new Set(
  `2027-04-22 2027-04-28 2027-05-12 2027-06-11 2027-10-02 2027-10-03 2027-10-11 2027-10-16 2027-10-23`.split(' '),
)
const independenceDay = '2027-05-12'
const minuteMs = 60_000

interface Minute {
  ms: number
  clock: number
  open: boolean
}

const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Jerusalem', weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Local days in order, each with its 1380, 1440 or 1500 minutes. */
function readDays(from: string, count: number): { date: string; weekday: string; minutes: Minute[] }[] {
  const days: { date: string; weekday: string; minutes: Minute[] }[] = []
  for (let ms = Date.parse(`${from}T00:00+02:00`); days.length <= count; ms += minuteMs) {
    const parts = Object.fromEntries(wall.formatToParts(ms).map(({ type, value }) => [type, value]))
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`
    if (days.at(-1)?.date !== date) days.push({ date, weekday: String(parts['weekday']), minutes: [] })
    days.at(-1)?.minutes.push({ ms, clock: Number(parts['hour']) * 60 + Number(parts['minute']), open: false })
  }
  days.pop()
  const rests = (at: number): boolean => days[at]?.weekday === 'Sat' || holidays.has(days[at]?.date ?? '')
  days.forEach((day, at) => {
    const eve = day.weekday === 'Fri' || (rests(at + 1) && days[at + 1]?.date !== independenceDay)
    for (const minute of day.minutes) minute.open = !rests(at) && minute.clock >= 480 && minute.clock < 1260 && !(eve && minute.clock >= 780)
  })
  return days
}

const days = readDays('2026-12-01', 400)

const early = 20
const visits = fc.record({ day: fc.integer({ min: early, max: days.length - 20 }), minute: fc.nat(1379) })
const rules = fc.record({ daysBefore: fc.nat(5), clock: fc.nat(1439) })

function expected(visitDay: number, visitMs: number, daysBefore: number, clock: number, policy: 'back' | 'forward', nowMs: number): { ms: number; skip: string | null } | 'gap' {
  const at = visitDay - daysBefore
  const wanted = days[at]?.minutes.find((minute) => minute.clock === clock)
  if (!wanted) return 'gap' // the hour that spring skips: the table tests hold it
  const latest = visitMs - 60 * minuteMs
  if (wanted.ms > latest) return { ms: wanted.ms, skip: 'too_late' }
  if (wanted.ms < nowMs) return { ms: wanted.ms, skip: 'already_past' }
  if (wanted.open) return { ms: wanted.ms, skip: null }
  const ways = { back: backFrom(at, clock), forward: forwardFrom(at, clock) }
  const order = policy === 'back' ? [ways.back, ways.forward] : [ways.forward, ways.back]
  const found = order.find((ms) => ms >= nowMs && ms <= latest)
  if (found !== undefined) return { ms: found, skip: null }
  const first = order[0] ?? Number.NaN
  return { ms: first, skip: first < nowMs ? 'already_past' : 'too_late' }
}

/** The last day that has an open minute with half an hour of sending left; on it the wanted hour or the nearest to it. */
function backFrom(at: number, clock: number): number {
  for (let day = at; ; day -= 1) {
    const minutes = days[day]?.minutes ?? []
    const good = minutes.filter((minute, index) => minute.open && minutes[index + 29]?.open)
    const before = good.filter((minute) => minute.clock <= clock)
    const found = before.at(-1) ?? (day < at ? good.at(-1) : undefined)
    if (found) return found.ms
  }
}

function forwardFrom(at: number, clock: number): number {
  for (let day = at; ; day += 1) {
    const found = days[day]?.minutes.find((minute) => minute.open && (day > at || minute.clock >= clock))
    if (found) return found.ms
  }
}

test('plans as the minute-by-minute model does, on any of 400 days', () => {
  const sendingHours = (sabbathPolicy: 'back' | 'forward') => ({ zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy })
  const seen = new Set<string>()
  fc.assert(
    fc.property(visits, rules, fc.constantFrom('back' as const, 'forward' as const), fc.integer({ min: 0, max: 8 * 1440 }), (visit, { daysBefore, clock }, policy, bookedBefore) => {
      const startMs = days[visit.day]?.minutes[visit.minute]?.ms ?? Number.NaN
      const nowMs = startMs - bookedBefore * minuteMs
      const model = expected(visit.day, startMs, daysBefore, clock, policy, nowMs)
      fc.pre(model !== 'gap')
      const atTime = plainTime('00:00').add({ minutes: clock })
      const planned = planReminders(
        { branchId: 'b', visitTypeId: 't', startsAt: instantFromMs(startMs), status: 'booked' },
        [{ id: 'r', branchId: null, visitTypeIds: [], daysBefore, atTime, channel: 'sms', fallbackChannels: [], active: true }],
        sendingHours(policy),
        instantFromMs(nowMs),
      )
      expect(planned.map(({ dueAt, skip }) => ({ ms: dueAt.epochMilliseconds, skip }))).toEqual([model])
      seen.add(model.skip ?? 'planned')
    }),
    { numRuns: 6_000 },
  )
  expect([...seen].sort()).toEqual(['already_past', 'planned', 'too_late'])
})

test('the day-before reminder of every one of the 400 days leaves at an open minute, in time, never on a rest day', () => {
  const hours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' as const }
  const open = new Set(days.flatMap(({ minutes }) => minutes.filter((minute) => minute.open).map(({ ms }) => ms)))
  const rule = { id: 'r', branchId: null, visitTypeIds: [], daysBefore: 1, atTime: plainTime('10:00'), channel: 'sms' as const, fallbackChannels: [], active: true }
  for (const day of days.slice(early)) {
    const startMs = day.minutes[600]?.ms ?? Number.NaN
    const [planned] = planReminders({ branchId: 'b', visitTypeId: 't', startsAt: instantFromMs(startMs), status: 'booked' }, [rule], hours, instantFromMs(startMs - 30 * 1440 * minuteMs))
    expect(planned?.skip, day.date).toBeNull()
    const dueMs = planned?.dueAt.epochMilliseconds ?? Number.NaN
    expect(open.has(dueMs), day.date).toBe(true)
    expect(startMs - dueMs, day.date).toBeGreaterThanOrEqual(20 * 60 * minuteMs)
    expect(startMs - dueMs, day.date).toBeLessThanOrEqual(5 * 1440 * minuteMs)
  }
})
