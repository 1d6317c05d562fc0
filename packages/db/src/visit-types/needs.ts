import { sql } from 'kysely'
import type { Need, VisitType } from '@yoman/domain/appointments/situation'
import type { Db, Tx } from '../database.ts'

/** The needs of the visit type in a row named `of`, in their order. */
export const needsJson = (of: 'asked' | 'v') => sql.raw(`coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'profession', n.profession,
    'resourceIds', coalesce((select jsonb_agg(l.resource_id order by l.resource_id) from visit_type_need_resource l
      where l.clinic_id = n.clinic_id and l.visit_type_id = n.visit_type_id and l.seq = n.seq), '[]')) order by n.seq)
  from visit_type_need n where n.clinic_id = ${of}.clinic_id and n.visit_type_id = ${of}.id), '[]')`)

/** What a kind of visit needs beside its practitioner and its place: this and nothing else. */
export async function replaceNeeds(tx: Tx, clinicId: string, visitTypeId: string, needs: readonly Need[]): Promise<void> {
  await tx.deleteFrom('visit_type_need').where('clinic_id', '=', clinicId).where('visit_type_id', '=', visitTypeId).execute()
  if (needs.length === 0) return
  const rows = needs.map(({ kind, profession }, index) => ({ clinic_id: clinicId, visit_type_id: visitTypeId, seq: index + 1, kind, profession }))
  await tx.insertInto('visit_type_need').values(rows).execute()
  const listed = needs.flatMap(({ resourceIds }, index) => resourceIds.map((resource_id) => ({ clinic_id: clinicId, visit_type_id: visitTypeId, seq: index + 1, resource_id })))
  if (listed.length > 0) await tx.insertInto('visit_type_need_resource').values(listed).execute()
}

/** The kind and the profession of resources, to see whether they are what a need says. */
export async function kindsOf(db: Db, clinicId: string, ids: readonly string[]): Promise<{ id: string; kind: Need['kind']; profession: Need['profession'] }[]> {
  return db
    .selectFrom('resource as r')
    .leftJoin('practitioner as p', (join) => join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.id'))
    .select(['r.id', 'r.kind', 'p.profession'])
    .where('r.clinic_id', '=', clinicId)
    .where(sql<boolean>`r.id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** What a kind of visit needs, for visits that change to another kind; undefined where it is not there. */
export async function wantsOf(db: Db, clinicId: string, visitTypeId: string): Promise<Pick<VisitType, 'placeKind' | 'needs'> | undefined> {
  const { rows } = await sql<Pick<VisitType, 'placeKind' | 'needs'>>`
    select place_kind as "placeKind", ${needsJson('v')} as needs from visit_type v where v.clinic_id = ${clinicId}::uuid and v.id = ${visitTypeId}::uuid`.execute(db)
  return rows[0]
}
