import { sql } from 'kysely'
import type { Moment } from '@yoman/domain/fields/asked'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import type { SubjectRow } from './queries.ts'

const stood = sql`status not in ('held', 'cancelled', 'no_show')`

/** Whether there is somebody to ask about this patient, visit or note on this day, and when the patient was here before. */
export function momentOf(db: Db, { subject, id }: Pick<SubjectRow, 'subject' | 'id'>, today: PlainDate, zone: string): Promise<Moment> {
  const day = sql`(starts_at at time zone ${zone})::date`
  if (subject === 'visit') return one(db, sql`exists (select from appointment where id = ${id}::uuid and ${stood} and ${day} = ${today}::date)`)
  if (subject === 'note') return one(db, sql`exists (select from encounter where id = ${id}::uuid and status <> 'signed')`)
  const earlier = sql`(select ${day} from appointment where patient_id = ${id}::uuid and ${stood} and ${day} < ${today}::date order by starts_at desc limit 1)`
  return one(db, sql`exists (select from appointment where patient_id = ${id}::uuid and ${stood} and ${day} = ${today}::date)`, earlier)
}

async function one(db: Db, here: ReturnType<typeof sql>, before: ReturnType<typeof sql> = sql`null::date`): Promise<Moment> {
  const { rows } = await sql<Moment>`select ${here} as here, ${before} as before`.execute(db)
  return rows[0] ?? { here: false, before: null }
}
