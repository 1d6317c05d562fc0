import { type RawBuilder, sql } from 'kysely'
import { bornBetween, type Condition } from '@yoman/domain/patients/filter'
import { dateIn, type Instant } from '@yoman/domain/time'

export interface When {
  now: Instant
  /** The wall by which ages and months are told. */
  zone: string
}

/** Conditions on rows of `patient`, all of which must hold; values travel as binds. The caller has asked `checkFilter`. */
export const fitting = (conditions: readonly Condition[], when: When): RawBuilder<unknown> => sql.join([sql`true`, ...conditions.map((condition) => sql`(${fits(condition, when)})`)], sql` and `)

function fits(condition: Condition, { now, zone }: When): RawBuilder<unknown> {
  switch (condition.kind) {
    case 'age': {
      const { after, until } = bornBetween(condition, dateIn(zone, now))
      return sql`patient.birth_date is not null ${after ? sql`and patient.birth_date > ${after.toString()}::date` : sql``} ${until ? sql`and patient.birth_date <= ${until.toString()}::date` : sql``}`
    }
    case 'not_seen':
      return sql`not ${came(now, condition.months === null ? sql`true` : sql`a.starts_at >= ${monthsAgo({ now, zone }, condition.months)}::timestamptz`)}`
    case 'next_visit':
      return sql`${yes(condition.has)} exists (select from appointment a where a.clinic_id = patient.clinic_id and a.patient_id = patient.id and a.starts_at > ${now}::timestamptz and a.status in ('booked', 'confirmed'))`
    case 'visit_type':
      return came(now, sql`a.visit_type_id = ${condition.visitTypeId}::uuid`)
    case 'practitioner':
      return came(now, sql`a.practitioner_id = ${condition.practitionerId}::uuid`)
    case 'branch':
      return came(now, sql`a.branch_id = ${condition.branchId}::uuid`)
    case 'tag':
      return sql`${yes(condition.has)} exists (select from patient_tag g where g.clinic_id = patient.clinic_id and g.patient_id = patient.id and g.tag_id = ${condition.tagId}::uuid)`
    case 'language':
      return sql`patient.language = ${condition.language}`
    case 'health_fund':
      return condition.fund === null ? sql`patient.health_fund is null` : sql`patient.health_fund = ${condition.fund}`
    case 'document':
      return sql`${yes(condition.has)} exists (select from attachment d where d.clinic_id = patient.clinic_id and d.patient_id = patient.id and d.kind = ${condition.document} and d.withdrawn_at is null)`
    case 'field_options':
      return says(condition.fieldId, sql`v.value ?| ${[...condition.keys]}::text[]`)
    case 'field_number':
      return says(condition.fieldId, sql`case when jsonb_typeof(v.value) = 'number' then ${between(sql`v.value::numeric`, condition, sql`numeric`)} else false end`)
    case 'field_date':
      return says(condition.fieldId, between(sql`(v.value #>> '{}') collate "C"`, condition, sql`text`)) // ISO dates are in the order of their letters
    case 'field_missing':
      return sql`not ${says(condition.fieldId, sql`true`)}`
  }
}

const yes = (has: boolean): RawBuilder<unknown> => (has ? sql`` : sql`not`)

/** Came to a visit like this, up to now. */
const came = (now: Instant, like: RawBuilder<unknown>): RawBuilder<unknown> => sql`exists (select from appointment a where a.clinic_id = patient.clinic_id and a.patient_id = patient.id
  and a.starts_at <= ${now}::timestamptz and a.status in ('arrived', 'called', 'in_treatment', 'completed') and ${like})`

const says = (fieldId: string, like: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`exists (select from custom_value v where v.clinic_id = patient.clinic_id and v.subject_id = patient.id and v.field_id = ${fieldId}::uuid and v.value is not null and ${like})`

const between = (value: RawBuilder<unknown>, { from, to }: { from: number | string | null; to: number | string | null }, type: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(true ${from === null ? sql`` : sql`and ${value} >= ${from}::${type}`} ${to === null ? sql`` : sql`and ${value} <= ${to}::${type}`})`

/** The beginning of the day so many months ago. */
const monthsAgo = ({ now, zone }: When, months: number): string => dateIn(zone, now).subtract({ months }).toZonedDateTime(zone).toInstant().toString()
