import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { connect } from '@yoman/db/connect'
import { makeVault } from '@yoman/db/keys/vault'
import { instant } from '@yoman/domain/time'
import { startPostgres } from '@yoman/runtime/postgres/start'
import { demoClock } from '@yoman/use-cases/demo-clock'
import type { BenchConfig } from '../config.ts'
import { seedBench } from '../seed.ts'

// A Monday of no season, so that nothing is moved or held back.
const morning = instant('2026-11-23T06:00:00Z')
const dueAt = instant('2026-11-23T08:00:00Z')
const firstVisit = instant('2026-11-24T12:00:00Z')

/** A clinic whose reminders all come due at one moment, in as many copies as there are runs. */
export interface Evening {
  keys: { DATA_KEY: string; BLIND_INDEX_KEY: string }
  /** @returns the address of a database in which it is early and nothing was sent. */
  freshDatabase(): Promise<string>
  /** Moves the clock of a database past the moment at which all reminders are due. */
  letThemBeDue(databaseUrl: string): Promise<void>
  stop(): Promise<void>
}

export async function openEvening({ reminders, path: searchPath }: Pick<BenchConfig, 'reminders' | 'path'>): Promise<Evening> {
  const folder = path.join(os.tmpdir(), `yoman-sending-${process.pid}`)
  const postgres = await startPostgres({ dataDir: folder, password: 'bench', database: 'evening', settings: { max_connections: 200 }, log: () => {} })
  const keys = { DATA_KEY: randomBytes(32).toString('base64'), BLIND_INDEX_KEY: randomBytes(32).toString('base64') }
  const stop = async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await promisify(execFile)(process.execPath, ['dist/migrate.js'], { env: { PATH: searchPath, DATABASE_URL: postgres.url } })
    await fill(postgres.url, keys, reminders)
  } catch (error) {
    await stop()
    throw error
  }
  let copies = 0
  return {
    keys,
    stop,
    freshDatabase: async () => {
      const name = `evening_${(copies += 1)}`
      const admin = new pg.Client(new URL('/postgres', postgres.url).href)
      await admin.connect()
      await admin.query(`create database ${name} template evening`)
      await admin.end()
      return new URL(`/${name}`, postgres.url).href
    },
    letThemBeDue: (url) => onPool(url, (pool) => demoClock(pool).moveTo(dueAt.add({ seconds: 1 }))),
  }
}

async function fill(url: string, keys: Evening['keys'], reminders: number): Promise<void> {
  await onPool(url, async (pool) => {
    const vault = makeVault(Buffer.from(keys.DATA_KEY, 'base64'), Buffer.from(keys.BLIND_INDEX_KEY, 'base64'))
    const clinic = await seedBench(pool, vault, morning, { patients: Math.min(reminders, 5_000), appointments: 0, visitsADay: 18, closesAt: '18:00' })
    const { rows: willing } = await pool.query<{ id: string }>("select id from patient where clinic_id = $1 and not exists (select from consent k where k.clinic_id = $1 and k.patient_id = patient.id and k.state = 'refused')", [clinic.clinicId])
    const visits = [clinic.clinicId, clinic.branchId, clinic.visitTypeId, willing.map(({ id }) => id), clinic.practitionerIds, firstVisit.toString(), reminders, morning.toString()]
    // Places are not taken: so many visits in one afternoon have none, and sending does not ask.
    await pool.query("set statement_timeout = '20min'")
    await pool.query(
      `with visit as (insert into appointment (clinic_id, id, branch_id, visit_type_id, patient_id, practitioner_id, starts_at, ends_at, status, created_at)
         select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, ($4::uuid[])[1 + n % cardinality($4::uuid[])], ($5::uuid[])[1 + n % cardinality($5::uuid[])], at, at + interval '15 minutes', 'booked', $8::timestamptz
         from generate_series(0, $7::int - 1) n cross join lateral (select $6::timestamptz + (n % 24) * interval '15 minutes' as at) t returning clinic_id, id, starts_at)
       insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at)
         select v.clinic_id, gen_random_uuid(), v.id, v.starts_at, r.id, 'sms', $9::timestamptz from visit v join reminder_rule r on r.clinic_id = v.clinic_id`,
      [...visits, dueAt.toString()],
    )
    await pool.query('insert into demo_clock default values on conflict do nothing')
    await demoClock(pool).moveTo(morning)
    await pool.query('vacuum analyze')
  })
}

async function onPool(url: string, work: (pool: ReturnType<typeof connect>) => Promise<void>): Promise<void> {
  const pool = connect({ url, role: null, max: 1, onError: (error) => console.error(error.message) })
  await work(pool).finally(() => pool.end())
}
