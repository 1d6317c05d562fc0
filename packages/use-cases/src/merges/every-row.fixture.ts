import { v7 as uuid } from 'uuid'
import type { Cast, CastClinic } from '@yoman/testing/cast'
import type { TestDatabase } from '@yoman/testing/database'
import { findPatient, phonesOf } from '@yoman/db/patients/queries'
import { detailsOf } from '../patients/change.ts'

/** Gives a patient something of every kind that a record can hold; some of it just like another patient's, which a merge cannot double. */
export async function fillRecord({ ownerPool }: TestDatabase, clinic: CastClinic, patientId: string, others: readonly string[]): Promise<void> {
  const [visit, encounter, invoice] = [uuid(), uuid(), uuid()]
  const staff = clinic.staff.doctor.id
  const at = '2026-11-01T08:00:00Z'
  const add = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const full = { clinic_id: clinic.id, id: uuid(), patient_id: patientId, ...row }
    const columns = Object.keys(full).join(', ')
    await ownerPool.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`, [JSON.stringify(full)])
  }
  const branch = { branch_id: clinic.branches.center }
  await add('appointment', { id: visit, ...branch, practitioner_id: clinic.practitioners.doctor, visit_type_id: clinic.visitTypes.talk, starts_at: at, ends_at: '2026-11-01T08:20:00Z', status: 'completed', desk_note: '', version: 1, created_at: at })
  await add('encounter', { id: encounter, ...branch, appointment_id: visit, practitioner_id: clinic.practitioners.doctor, status: 'draft', started_at: at, version: 1 })
  await add('invoice', { id: invoice, ...branch, kind: '400', number: numbers(), language: 'he', issued_at: at, issued_on: '2026-11-01', vat_basis_points: 1800, net_agorot: 100, vat_agorot: 18, total_agorot: 118, business: {}, payer: { name: 'כפי שהיה' } })
  await add('payment', { method: 'cash', amount_agorot: 118, reference: '', received_at: at, invoice_id: invoice })
  await add('consent', { channel: 'sms', purpose: 'service', state: 'given', source: 'desk', evidence: '', recorded_at: at })
  await add('message', { kind: 'booked', channel: 'sms', dedupe_key: uuid(), language: 'he', to_address: `+97250${String(numbers()).padStart(7, '7')}`, subject: '', body: 'x', state: 'queued', not_before: at, attempt: 0, lookups: 0, created_at: at })
  await add('inbound_message', { provider_id: uuid(), from_number: '+972501111111', body: 'כן', understood_as: 'unknown', received_at: at })
  await add('conversation', { number: `+97254${String(numbers()).padStart(7, '7')}`, status: 'open', unread: 1, last_at: at, version: 1, created_at: at })
  await add('task', { ...branch, words: 'להתקשר', due_at: at, assignee_role: 'receptionist', status: 'open', outcome: '', created_by: staff, created_at: at, version: 1 })
  await add('contact', { ...branch, caller_name: '', caller_phone: '', way: 'call_in', words_sealed: '\\x00', written_by: staff, written_at: at, version: 1 })
  await add('next_visit_order', { ...branch, encounter_id: encounter, ordered_by: staff, status: 'open', from_date: '2026-12-01', to_date: '2026-12-20', note_to_desk: '', cancel_reason: '', version: 1, created_at: at })
  await add('series', { ...branch, unit: 'week', every: 1, version: 1, created_by: staff, created_at: at })
  await add('waitlist_entry', { ...branch, visit_type_id: clinic.visitTypes.talk, weekdays: [], parts: [], urgency: 'normal', note: '', status: 'open', waiting_since: at, version: 1 })
  await add('tooth_finding', { tooth: '16', kind: 'caries', state: 'existing', surfaces: 'O', recorded_by: staff, recorded_at: at }) // everybody has this one: it cannot stand twice
  await add('tooth_finding', { tooth: '17', kind: 'caries', state: 'existing', surfaces: ['', 'M', 'O', 'D'][numbers() % 4], recorded_by: staff, recorded_at: at })
  await add('attachment', { kind: 'photo', title_sealed: '\\x00', taken_on: '2026-11-01', teeth: [], media_type: 'image/png', byte_size: 1, content_hash: '\\x00', storage_key: `${uuid()}/${uuid()}`, preview_state: 'none', filed_by: staff, filed_at: at, withdrawal_reason: '', version: 1 })
  await add('letter', { kind: 'summary', language: 'he', template_seq: 0, content_sealed: '\\x00', content_hash: `\\x${'00'.repeat(32)}`, signed_by: staff, signed_at: at, attachment_id: uuid() })
  await add('treatment_plan', { ...branch, title: 'תוכנית', remarks_sealed: '\\x00', status: 'draft', edition: 1, written_by: staff, created_at: at, reason: '', version: 1 })
  const field_id = await fieldOf(ownerPool, clinic.id)
  await add('custom_value', { field_id, value: 'א', source: 'desk', recorded_at: at, version: 1 }) // each has an answer: a second one cannot stand
  const response = uuid()
  await add('form_response', { id: response, ...branch, ...(await formOf(ownerPool, clinic.id)), language: 'he', given_by: 'here', status: 'signed', token_hash: `\\x${uuid().replaceAll('-', '')}`, signed_hash: '\\x00', signed_at: at, expires_at: at, saves: 1, created_at: at, version: 1 })
  await add('reported_alert', { response_id: response, field_id, words_sealed: '\\x00', status: 'reported', reported_at: at })
  for (const [index, related_id] of others.entries()) await add('patient_relation', { related_id, kind: index % 2 === 0 ? 'sibling' : 'payer' })
}

async function fieldOf(pool: TestDatabase['ownerPool'], clinicId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`insert into custom_field (clinic_id, id, subject, key, kind, labels, hints, group_labels, sensitivity)
    values ($1, $2, 'patient', 'of_all', 'text', '{}', '{}', '{}', 'desk') on conflict on constraint custom_field_key_once do update set position = 0 returning id`, [clinicId, uuid()])
  return rows[0]?.id ?? ''
}

async function formOf(pool: TestDatabase['ownerPool'], clinicId: string): Promise<{ form_id: string; form_seq: number }> {
  const form_id = uuid()
  await pool.query("insert into form (clinic_id, id, kind, latest) values ($1, $2, 'other', 1)", [clinicId, form_id])
  await pool.query("insert into form_version (clinic_id, form_id, seq, content, published_at) values ($1, $2, 1, '{}', '2026-11-01T08:00:00Z')", [clinicId, form_id])
  return { form_id, form_seq: 1 }
}

let count = 0
const numbers = (): number => (count += 1)

/** Everything of the clinic that a merge could touch, as text, to be compared as a whole; patients with their secrets opened. */
export async function everyRow({ ownerPool, db }: TestDatabase, cast: Cast, clinic: CastClinic): Promise<Record<string, string[]>> {
  const { rows: tables } = await ownerPool.query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
  const left = ['event', 'outbox', 'patient_merge', 'patient_merge_row', 'patient', 'patient_phone'] // what happened stays told; patients follow
  const all: Record<string, string[]> = {}
  for (const { name } of tables.filter((table) => !left.includes(table.name)))
    all[name] = (await ownerPool.query<{ row: string }>(`select t::text as row from ${name} t where clinic_id = $1 order by 1`, [clinic.id])).rows.map(({ row }) => row)
  const sealer = await cast.vault.sealerOf(db, clinic.id)
  const patients = await db.selectFrom('patient').select(['id', 'merged_into', 'created_at']).where('clinic_id', '=', clinic.id).orderBy('id').execute()
  all['patient'] = []
  for (const { id, merged_into, created_at } of patients) {
    const row = await findPatient(db, id)
    // The version only goes up, so that a form that stood open over it all cannot overwrite; new phone rows are the same phones.
    all['patient'].push(JSON.stringify({ id, merged_into, created_at, details: row && detailsOf(sealer, row, await phonesOf(db, id)), indexed: row?.identifier_index?.toString('hex') ?? null }))
  }
  return all
}
