import { sql } from 'kysely'
import type { AskedPaper, PaperKind, PaperReceipt } from '@yoman/domain/papers/paper'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** Whether the paper of the visit in a row `a` is here, of the kind in a row `t` of `visit_type`: somebody has it in hand, or it was filed for this visit. */
const isHere = `(exists (select from visit_paper r where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.kind = t.paper)
  or exists (select from attachment f where f.clinic_id = a.clinic_id and f.appointment_id = a.id and f.kind = t.paper and f.withdrawn_at is null))`

/** What a diary's card says of the paper of the visit in a row `a`; null where its kind asks for none. */
export const paperJson = `(select json_build_object('kind', t.paper, 'received', ${isHere}) from visit_type t
  where t.clinic_id = a.clinic_id and t.id = a.visit_type_id and t.paper <> 'none')`

export async function askedPaper(db: Db, clinicId: string, visitTypeId: string): Promise<AskedPaper> {
  const row = await db.selectFrom('visit_type').select('paper').where('clinic_id', '=', clinicId).where('id', '=', visitTypeId).executeTakeFirst()
  return row?.paper ?? 'none'
}

/** The receipts of a visit. Lock the appointment first: whoever receives and whoever takes it back come through that row. */
export async function findReceipt(db: Db, clinicId: string, appointmentId: string, kind: AskedPaper): Promise<PaperReceipt | null> {
  if (kind === 'none') return null
  const row = await db.selectFrom('visit_paper').selectAll().where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).where('kind', '=', kind).executeTakeFirst()
  return row ? { appointmentId, kind: row.kind, receivedAt: row.received_at, receivedBy: row.received_by } : null
}

export async function insertReceipt(tx: Tx, clinicId: string, { appointmentId, kind, receivedAt, receivedBy }: PaperReceipt): Promise<void> {
  await tx.insertInto('visit_paper').values({ clinic_id: clinicId, appointment_id: appointmentId, kind, received_at: receivedAt, received_by: receivedBy }).execute()
}

/** @returns whether there was one. */
export async function deleteReceipt(tx: Tx, clinicId: string, appointmentId: string, kind: PaperKind): Promise<boolean> {
  const gone = await tx.deleteFrom('visit_paper').where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).where('kind', '=', kind).returning('kind').execute()
  return gone.length > 0
}

export interface VisitPaper {
  kind: PaperKind
  /** ISO; null where nobody ticked it. */
  receivedAt: string | null
  byName: string | null
  /** Filed as a document of this visit. */
  filed: boolean
}

/** All that is known of the paper of one visit; null where its kind asks for none. */
export async function paperOf(db: Db, clinicId: string, appointmentId: string): Promise<VisitPaper | null> {
  const { rows } = await sql<{ kind: PaperKind; received_at: Instant | null; name: string | null; filed: boolean }>`
    select t.paper as kind, r.received_at, s.name,
      exists (select from attachment f where f.clinic_id = a.clinic_id and f.appointment_id = a.id and f.kind = t.paper and f.withdrawn_at is null) as filed
    from appointment a join visit_type t on t.clinic_id = a.clinic_id and t.id = a.visit_type_id and t.paper <> 'none'
      left join visit_paper r on r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.kind = t.paper
      left join staff s on s.clinic_id = r.clinic_id and s.id = r.received_by
    where a.clinic_id = ${clinicId}::uuid and a.id = ${appointmentId}::uuid`.execute(db)
  const [row] = rows
  return row ? { kind: row.kind, receivedAt: row.received_at?.toString() ?? null, byName: row.name, filed: row.filed } : null
}

export interface MissingPaperRow {
  appointmentId: string
  practitionerId: string
  visitTypeId: string
  startsAt: Instant
  kind: PaperKind
  patientId: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
}

/** Visits of a period that are still to come and whose paper nobody has seen, soonest first. */
export async function missingPapers(db: Db, branchId: string, { start, end }: { start: Instant; end: Instant }): Promise<MissingPaperRow[]> {
  const { rows } = await sql<MissingPaperRow>`
    select a.id as "appointmentId", a.practitioner_id as "practitionerId", a.visit_type_id as "visitTypeId", a.starts_at as "startsAt", t.paper as kind,
      p.id as "patientId", p.given_name, p.family_name, p.given_name_latin, p.family_name_latin,
      (select number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1) as phone
    from appointment a join visit_type t on t.clinic_id = a.clinic_id and t.id = a.visit_type_id and t.paper <> 'none'
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end}
      and a.status in ('booked', 'confirmed', 'arrived', 'called') and not ${sql.raw(isHere)}
    order by a.starts_at, a.id limit 500`.execute(db)
  return rows
}
