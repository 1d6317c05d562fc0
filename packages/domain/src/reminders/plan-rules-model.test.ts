// Rules of several kinds, branches and channels, wishes, five zones, visits that move: against a slow model that shares nothing with the
// plan. The open minutes are asked of Intl and a printed list of holidays, and each answer is looked for minute by minute.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantFromMs, plainTime } from '../time.ts'
import { planReminders } from './plan.ts'

const holidays = new Set('2027-04-22 2027-04-28 2027-05-12 2027-06-11 2027-10-02 2027-10-03 2027-10-11 2027-10-16 2027-10-23'.split(' '))
const independenceDay = '2027-05-12' // its eve is a day of mourning, on which work goes on
const minuteMs = 60_000
const zones = ['Asia/Jerusalem', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'] as const

interface Minute {
  ms: number
  clock: number
  open: boolean
}
interface Day {
  date: string
  weekday: string
  minutes: Minute[]
}

/** 400 local days in order, each with its 1380, 1440 or 1500 minutes. Clocks change on a quarter of an hour, so Intl is asked once for each. */
function readDays(zone: string): Day[] {
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const days: Day[] = []
  for (let ms = Date.parse('2026-11-30T00:00Z'); days.length <= 402; ms += 15 * minuteMs) {
    const parts = Object.fromEntries(wall.formatToParts(ms).map(({ type, value }) => [type, value]))
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`
    if (days.at(-1)?.date !== date) days.push({ date, weekday: String(parts['weekday']), minutes: [] })
    for (let one = 0; one < 15; one += 1) days.at(-1)?.minutes.push({ ms: ms + one * minuteMs, clock: Number(parts['hour']) * 60 + Number(parts['minute']) + one, open: false })
  }
  const whole = days.slice(1, -1) // the first and the last may be cut
  const rests = (at: number): boolean => whole[at]?.weekday === 'Sat' || holidays.has(whole[at]?.date ?? '')
  whole.forEach((day, at) => {
    const eve = day.weekday === 'Fri' || (rests(at + 1) && whole[at + 1]?.date !== independenceDay)
    for (const minute of day.minutes) minute.open = !rests(at) && minute.clock >= 480 && minute.clock < 1260 && !(eve && minute.clock >= 780)
  })
  return whole
}

const calendars = new Map(zones.map((zone) => [zone, readDays(zone)]))

interface Rule {
  id: string
  branch: string | null
  types: string[]
  daysBefore: number
  clock: number
  channel: 'sms' | 'email'
  active: boolean
}
interface Placed {
  rule: Rule
  ms: number
  skip: string | null
  moved: boolean
}

function place(days: readonly Day[], visitDay: number, visitMs: number, rule: Rule, policy: 'back' | 'forward', nowMs: number): Placed | 'gap' {
  const at = visitDay - rule.daysBefore
  const wanted = days[at]?.minutes.find((minute) => minute.clock === rule.clock)
  if (!wanted) return 'gap' // the hour that spring skips: the table tests hold it
  const latest = visitMs - 60 * minuteMs
  if (wanted.ms > latest) return { rule, ms: wanted.ms, skip: 'too_late', moved: false }
  if (wanted.ms < nowMs) return { rule, ms: wanted.ms, skip: 'already_past', moved: false }
  if (wanted.open) return { rule, ms: wanted.ms, skip: null, moved: false }
  const ways = { back: backFrom(days, at, rule.clock), forward: forwardFrom(days, at, rule.clock) }
  const order = policy === 'back' ? [ways.back, ways.forward] : [ways.forward, ways.back]
  const found = order.find((ms) => ms >= nowMs && ms <= latest)
  const first = order[0] ?? Number.NaN
  if (found !== undefined) return { rule, ms: found, skip: null, moved: true }
  return { rule, ms: first, skip: first < nowMs ? 'already_past' : 'too_late', moved: true }
}

function backFrom(days: readonly Day[], at: number, clock: number): number {
  for (let day = at; ; day -= 1) {
    const minutes = days[day]?.minutes ?? []
    const good = minutes.filter((minute, index) => minute.open && minutes[index + 29]?.open)
    const found = good.filter((minute) => minute.clock <= clock).at(-1) ?? (day < at ? good.at(-1) : undefined)
    if (found) return found.ms
  }
}

function forwardFrom(days: readonly Day[], at: number, clock: number): number {
  for (let day = at; ; day += 1) {
    const found = days[day]?.minutes.find((minute) => minute.open && (day > at || minute.clock >= clock))
    if (found) return found.ms
  }
}

/** Which rules hold, said a second time and otherwise: rule by rule, is there anybody who pushes it out? */
const holds = (rule: Rule, all: readonly Rule[], type: string): boolean => {
  const speaks = (one: Rule): boolean => one.active && (one.branch === null || one.branch === 'here')
  const special = (one: Rule): boolean => speaks(one) && one.types.some((named) => named === type)
  return special(rule) || (speaks(rule) && rule.types.length === 0 && !all.some(special))
}

/** A moved one gives way on its day to one that leaves at its own hour, and of two moved ones the later to the earlier. */
function merge(days: readonly Day[], placed: readonly Placed[]): string[] {
  const dayOf = (ms: number): string => days.find(({ minutes }) => minutes.some((minute) => minute.ms === ms))?.date ?? ''
  const beats = (a: Placed, b: Placed): boolean => !a.moved || a.ms < b.ms || (a.ms === b.ms && a.rule.id < b.rule.id)
  return placed
    .map((one) => {
      const rival = one.moved && one.skip === null && placed.some((other) => other !== one && other.skip === null && other.rule.channel === one.rule.channel && dayOf(other.ms) === dayOf(one.ms) && beats(other, one))
      return `${one.rule.id} ${one.rule.channel} ${one.ms} ${rival ? 'merged' : one.skip}`
    })
    .sort()
}

const early = 20
const rule = fc.record({ branch: fc.constantFrom(null, 'here', 'there'), types: fc.subarray(['talk', 'surgery']), daysBefore: fc.nat(5), clock: fc.oneof(fc.constantFrom(600, 1080), fc.nat(95).map((quarter) => quarter * 15)), channel: fc.constantFrom('sms' as const, 'email' as const), active: fc.boolean() })
const start = fc.record({ day: fc.integer({ min: early, max: 380 }), minute: fc.nat(1379), plannedBefore: fc.integer({ min: 0, max: 8 * 1440 }) })

test('plans as the model does: five zones, rules by kind and branch, visits that move', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.array(rule, { minLength: 1, maxLength: 4 }), fc.array(start, { minLength: 1, maxLength: 3 }), fc.constantFrom('talk', 'surgery', 'other'), fc.constantFrom('back' as const, 'forward' as const), (zone, drawn, starts, type, policy) => {
      const days = calendars.get(zone) ?? []
      const rules: Rule[] = drawn.map((one, at) => ({ ...one, id: `r${at}` }))
      for (const { day, minute, plannedBefore } of starts) {
        const visitMs = days[day]?.minutes[minute]?.ms ?? Number.NaN
        const nowMs = visitMs - plannedBefore * minuteMs
        const model = rules.filter((one) => holds(one, rules, type)).map((one) => place(days, day, visitMs, one, policy, nowMs))
        const placed = model.filter((one) => one !== 'gap')
        fc.pre(placed.length === model.length)
        const planned = planReminders(
          { branchId: 'here', visitTypeId: type, startsAt: instantFromMs(visitMs), status: 'booked' },
          rules.map((one) => ({ id: one.id, branchId: one.branch, visitTypeIds: one.types, daysBefore: one.daysBefore, atTime: plainTime('00:00').add({ minutes: one.clock }), channel: one.channel, fallbackChannels: [], active: one.active })),
          { zone, quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: policy },
          instantFromMs(nowMs),
        )
        const expected = merge(days, placed)
        expect(planned.map(({ ruleId, channel, dueAt, skip }) => `${ruleId} ${channel} ${dueAt.epochMilliseconds} ${skip}`).sort()).toEqual(expected)
        for (const line of expected) seen.add(line.split(' ').at(-1) ?? '')
      }
    }),
    { numRuns: 1_500 },
  )
  expect([...seen].sort()).toEqual(['already_past', 'merged', 'null', 'too_late'])
})
