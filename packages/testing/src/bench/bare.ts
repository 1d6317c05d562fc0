import fastify from 'fastify'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { findDiary } from '@yoman/db/appointments/diary'
import { loadSituation } from '@yoman/db/availability/situation'
import { searchPatients } from '@yoman/db/patients/summaries'
import { searchName } from '@yoman/domain/people/search-name'
import { addMinutes, instant } from '@yoman/domain/time'
import { capture } from './capture.ts'

/*
 * The baseline: bare Fastify and pg with the product's own SQL and nothing else. No session, no permission, no row-level
 * security (it connects as the superuser), no validation, no transaction, no response schema. Its booking is one statement with
 * every row that the product writes, but it decides nothing: no hours, no locks, no reminder rules.
 */
export interface BareOptions {
  url: string
  clinicId: string
  branchId: string
  visitTypeId: string
  staffId: string
  /** Practitioner to chair. */
  chairs: Record<string, string>
}

// Values that stand for those of a call in the captured statements; the driver sends instants as text.
const [name, digits, from, to, date] = ['@name', '@digits', '@from', '@to', '@date']
const at = '2001-01-01T00:00:00Z'

export async function startBare(options: BareOptions): Promise<{ origin: string; stop(): Promise<void> }> {
  const { clinicId, branchId, visitTypeId } = options
  const pool = new pg.Pool({ connectionString: options.url, max: 10, options: `-c app.clinic=${clinicId} -c timezone=UTC` })
  const diary = await capture((db) => findDiary(db, { clinicId, branchId, date, lastDate: date, from, to, of: [], now: '2026-11-22T00:00:00Z', staffId: null, rooms: false, cancelled: false }))
  const search = await capture((db) => searchPatients(db, { name, digits, birthDates: [], identifierIndex: null, limit: 10, now: instant(at) }))
  const [slotsFrom, slotsTo] = ['2001-02-01T00:00:00Z', '2001-03-01T00:00:00Z']
  const slots = await capture((db) => loadSituation(db, { clinicId, branchId, visitTypeId, resourceIds: [], anyPractitioner: true, from: instant(slotsFrom), to: instant(slotsTo) }))
  const app = fastify({ logger: false })
  app.get<{ Querystring: { date: string } }>('/api/diary', async ({ query }) => {
    const start = instant(`${query.date}T00:00:00Z`)
    const values = diary.values(new Map<unknown, unknown>([[date, query.date], [from, start.subtract({ hours: 2 }).toString()], [to, start.add({ hours: 22 }).toString()]]))
    return (await pool.query({ name: 'diary', text: diary.text, values })).rows[0].diary
  })
  app.post<{ Body: { text: string } }>('/api/patient-searches', async ({ body }) => {
    const values = search.values(new Map<unknown, unknown>([[name, searchName(body.text)], [digits, ''], [at, '2026-11-22T00:00:00Z']]))
    return { items: (await pool.query({ name: 'search', text: search.text, values })).rows }
  })
  app.post<{ Body: { fromDate: string; days: number } }>('/api/slot-searches', async ({ body }) => {
    const start = instant(`${body.fromDate}T00:00:00Z`)
    const own = new Map<unknown, unknown>([[slotsFrom, start.toString()], [slotsTo, start.add({ hours: 24 * body.days }).toString()]])
    return (await pool.query({ name: 'slots', text: slots.text, values: slots.values(own) })).rows[0].situation
  })
  app.post<{ Body: BookingBody }>('/api/appointments', async ({ body }, reply) => {
    await pool.query({ name: 'book', text: bookStatement, values: bookValues(options, body) })
    return reply.code(201).send({ id: body.id })
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { origin, stop: async () => void (await app.close(), await pool.end()) }
}

interface BookingBody {
  id: string
  patientId: string
  practitionerId: string
  startsAt: string
  durationMinutes: number
}

const bookStatement = `
  with a as (insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_by, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, 'booked', $9, $10)),
    l as (insert into allocation (clinic_id, appointment_id, resource_id, starts_at, ends_at) values ($1, $2, $5, $7, $8), ($1, $2, $11, $7, $8)),
    s as (insert into appointment_status (clinic_id, id, appointment_id, status, at, by_staff_id) values ($1, $12, $2, 'booked', $10, $9)),
    r as (insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at) values ($1, $13, $2, $7, $14, 'sms', $7::timestamptz - interval '1 day')),
    e as (insert into event (clinic_id, id, at, name, actor_kind, actor_id, subject_type, subject_id, patient_id, branch_id)
      values ($1, $15, $10, 'appointment.booked', 'staff', $9, 'appointment', $2, $4, $3))
  insert into outbox (clinic_id, event_id, name, subject_id) values ($1, $15, 'appointment.booked', $2)`

function bookValues({ clinicId, branchId, visitTypeId, staffId, chairs }: BareOptions, body: BookingBody): unknown[] {
  const ends = addMinutes(instant(body.startsAt), body.durationMinutes).toString()
  const { id, patientId, practitionerId, startsAt } = body
  return [clinicId, id, branchId, patientId, practitionerId, visitTypeId, startsAt, ends, staffId, startsAt, chairs[practitionerId], uuid(), uuid(), uuid(), uuid()]
}

// Started as a process of its own, as the product is.
if (process.send) {
  process.once('message', (options: BareOptions) => void startBare(options).then(({ origin }) => process.send?.({ origin })))
  process.on('SIGTERM', () => process.exit(0))
}
