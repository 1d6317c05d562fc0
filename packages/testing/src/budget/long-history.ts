import { connect } from '@yoman/db/connect'
import type { MeasuringPlace } from '../bench/place.ts'

export interface LongHistory {
  patientId: string
  /** Finds nobody else. */
  phone: string
}

/** Gives one patient 400 visits behind them and 2,000 messages, as a person of decades has; every other part of the clinic stays as it is. */
export async function fillLongHistory({ databaseUrl, clinic }: MeasuringPlace): Promise<LongHistory> {
  const pool = connect({ url: databaseUrl, role: null, max: 1, onError: (error) => console.error(error.message) })
  const patientId = clinic.patientIds.at(-1) ?? ''
  try {
    await pool.query("select set_config('app.clinic', $1, false)", [clinic.clinicId])
    await pool.query(
      `update appointment set patient_id = $1 where clinic_id = $2 and id in (select id from appointment where clinic_id = $2 and status = 'completed' order by starts_at desc offset 500 limit 400)`,
      [patientId, clinic.clinicId],
    )
    await pool.query(
      `insert into message (clinic_id, id, patient_id, kind, channel, dedupe_key, language, to_address, subject, body, state, not_before, attempt, lookups, created_at)
       select $2, gen_random_uuid(), $1, 'reminder', 'sms', 'long-' || n, 'he', '+972501234567', '', 'שלום, תזכורת לתור במרפאה מחר בשעה 10:00. לאישור יש להשיב 1, לביטול 2.', 'delivered', at, 1, 0, at
       from (select n, now() - n * interval '2 days' as at from generate_series(1, 2000) n) days`,
      [patientId, clinic.clinicId],
    )
    const { rows } = await pool.query<{ number: string }>('select number from patient_phone where clinic_id = $2 and patient_id = $1 order by rank limit 1', [patientId, clinic.clinicId])
    await pool.query('analyze appointment, message')
    return { patientId, phone: rows[0]?.number ?? '' }
  } finally {
    await pool.end()
  }
}
