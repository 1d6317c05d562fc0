import { hash } from '@node-rs/argon2'
import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { Instant } from '@yoman/domain/time'
import { makeRows } from '../demo/insert.ts'
import { makePatients } from '../demo/patients.ts'
import { makeRandom } from '../demo/random.ts'
import { read, transact } from '@yoman/use-cases/transact'

/** The clinic that speed is measured on: one branch, 12 practitioners each with a chair, years of full days behind it. */
export interface BenchClinic {
  clinicId: string
  branchId: string
  visitTypeId: string
  practitionerIds: string[]
  /** Practitioner to chair. */
  chairs: Record<string, string>
  staffId: string
  patientIds: string[]
  email: string
  password: string
}

export interface Size {
  patients: number
  appointments: number
  /** Of each practitioner, half an hour each from 08:00 on, with a free half hour at 12:30. */
  visitsADay: number
  /** As `18:00`. */
  closesAt: string
}

const practitioners = 12
const daysAhead = 60

export async function seedBench(pool: Pool, vault: Vault, now: Instant, size: Size): Promise<BenchClinic> {
  const random = makeRandom(7)
  const clinic: BenchClinic = { clinicId: random.id(), branchId: random.id(), visitTypeId: random.id(), practitionerIds: [], chairs: {}, staffId: random.id(), patientIds: [], email: 'desk@bench.example', password: 'bench-password-1' }
  const { clinicId: clinic_id, branchId: branch_id } = clinic
  await transact({ pool, clinicId: clinic_id }, async (tx) => {
    await tx.insertInto('clinic').values({ id: clinic_id, name: 'Bench' }).execute()
    await vault.createDataKey(tx, clinic_id)
  })
  const rows = makeRows()
  rows.add('branch', { clinic_id, id: branch_id, name: 'Main' })
  const staff_id = clinic.staffId
  rows.add('staff', { clinic_id, id: staff_id, name: 'Desk', email: clinic.email })
  rows.add('staff_role', { clinic_id, id: random.id(), staff_id, role: 'receptionist', branch_id: null })
  rows.add('login', { clinic_id, staff_id, email: clinic.email, password_hash: await hash(clinic.password, { memoryCost: 65536, timeCost: 3, parallelism: 1 }) })
  rows.add('visit_type', { clinic_id, id: clinic.visitTypeId, name: 'Visit', profession: 'doctor', duration_minutes: 30, place_kind: 'chair' })
  rows.add('reminder_rule', { clinic_id, id: random.id(), days_before: 1, at_time: '10:00', channel: 'sms' })
  for (let number = 1; number <= practitioners; number++) {
    const [id, chair] = [random.id(), random.id()]
    clinic.practitionerIds.push(id)
    clinic.chairs[id] = chair
    rows.add('resource', { clinic_id, id, kind: 'practitioner', name: `Dr ${number}`, branch_id: null, sort: number })
    rows.add('resource', { clinic_id, id: chair, kind: 'chair', name: `Chair ${number}`, branch_id, sort: number })
    rows.add('practitioner', { clinic_id, id, profession: 'doctor' })
    for (const weekday of [1, 2, 3, 4, 5, 7]) rows.add('working_hours', { clinic_id, id: random.id(), resource_id: id, branch_id, weekday, starts: '08:00', ends: size.closesAt })
  }
  await rows.insert(pool, clinic_id)
  const sealing = { vault, clinicId: clinic_id, sealer: await read({ pool, clinicId: clinic_id }, (db) => vault.sealerOf(db, clinic_id)) }
  const people = makeRows()
  clinic.patientIds = makePatients(random, people, sealing, size.patients, now).map((patient) => patient.id)
  await people.insert(pool, clinic_id)
  await fillDiary(pool, clinic, now, size)
  await pool.query('vacuum analyze')
  return clinic
}

/** Every practitioner has full days, from years ago to 60 days ahead. */
async function fillDiary(pool: Pool, clinic: BenchClinic, now: Instant, { appointments, visitsADay }: Size): Promise<void> {
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  const days = Math.ceil(appointments / (practitioners * visitsADay))
  const client = await pool.connect()
  try {
    await client.query("set statement_timeout = '20min'")
    await client.query("select set_config('app.clinic', $1, false)", [clinic.clinicId])
    await client.query(
      `create temp table visit as select gen_random_uuid() as id, p.id as practitioner_id, p.chair_id, d.day, k,
         (d.day + time '08:00' + k * interval '30 minutes') at time zone 'Asia/Jerusalem' as starts_at
       from unnest($1::uuid[]) with ordinality as ids(id, n)
       join lateral (select ids.id, (select r.id from resource r where r.clinic_id = $2 and r.kind = 'chair' and r.sort = ids.n) as chair_id) p on true
       cross join (select $3::date - i as day from generate_series(0, $4::int - 1) i) d
       cross join generate_series(0, $5::int) k where k <> 9`,
      [clinic.practitionerIds, clinic.clinicId, today.add({ days: daysAhead }).toString(), days, visitsADay],
    )
    await client.query(
      `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
       select $1, v.id, $2, ($3::uuid[])[1 + (hashtext(v.id::text) & 2147483647) % array_length($3::uuid[], 1)], v.practitioner_id, $4, v.starts_at, v.starts_at + interval '30 minutes',
         case when v.starts_at < $5::timestamptz then 'completed' else 'booked' end, v.starts_at - interval '10 days' from visit v order by v.starts_at`,
      [clinic.clinicId, clinic.branchId, clinic.patientIds, clinic.visitTypeId, now.toString()],
    )
    await client.query(
      `insert into allocation (clinic_id, appointment_id, resource_id, starts_at, ends_at)
       select $1, v.id, r.id, v.starts_at, v.starts_at + interval '30 minutes' from visit v cross join lateral unnest(array[v.practitioner_id, v.chair_id]) r(id) order by v.starts_at`,
      [clinic.clinicId],
    )
  } finally {
    client.release(true)
  }
}
