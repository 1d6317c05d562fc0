import type { Tx } from '@yoman/db/database'
import { findPatient, lockPatient } from '@yoman/db/patients/queries'
import { hangTag, insertTag, listTags, lockTag, saveTag, type TagRow, tagsOf, takeTagOff } from '@yoman/db/tags/queries'
import type { TagTone } from '@yoman/db/tags/table'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** The clinic's tags by name; those out of use too. */
export async function readTags(ctx: Context) {
  allow(ctx.actor, 'patient.read')
  return (await read(ctx, listTags)).map(view)
}

interface Words {
  name: string
  tone: TagTone
}

/** Adds a tag; a repeated request finds its own. Throws `tag_name_taken`, `id_taken`. */
export async function addTag(ctx: Context, { id, name, tone }: Words & { id: string }) {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const known = await lockTag(tx, id)
    if (known && (known.name !== name.trim() || known.tone !== tone)) throw new Refusal('id_taken')
    if (known) return view(known)
    await insertTag(tx, { clinic_id: ctx.clinicId, id, name: name.trim(), tone, retired_at: null })
    return settle(tx, ctx, id, 'added')
  })
}

/** Throws `stale_version`, `tag_name_taken`, `NotFound`. */
export async function changeTag(ctx: Context, id: string, { version, name, tone, retired }: Words & { version: number; retired: boolean }) {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const row = await lockTag(tx, id)
    if (!row) throw new NotFound('tag')
    if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
    await saveTag(tx, row, { name: name.trim(), tone, retired_at: retired ? (row.retired_at ?? ctx.now) : null })
    return settle(tx, ctx, id, 'changed')
  })
}

/** Which tags hang on a patient, in the order in which they were hung. The caller records the reading. Throws `NotFound`. */
export async function readTagsOf(ctx: Context, patientId: string): Promise<string[]> {
  allow(ctx.actor, 'patient.read')
  return read(ctx, async (db) => {
    const [patient, rows] = await Promise.all([findPatient(db, patientId), tagsOf(db, patientId)])
    if (!patient) throw new NotFound('patient')
    return rows.map(({ tag_id }) => tag_id)
  })
}

/** Hangs a tag on a patient; the same again changes nothing. Throws `reference_unknown` for a tag that is out of use or not there, `patient_merged`, `NotFound`. */
export async function tagPatient(ctx: Context, patientId: string, tagId: string): Promise<void> {
  allow(ctx.actor, 'patient.write')
  await transact(ctx, async (tx) => {
    const [patient, tag] = [await lockPatient(tx, patientId), await lockTag(tx, tagId)]
    if (!patient) throw new NotFound('patient')
    if (patient.merged_into !== null) throw new Refusal('patient_merged')
    if (!tag || tag.retired_at !== null) throw new Refusal('reference_unknown')
    const hung = await hangTag(tx, { clinic_id: ctx.clinicId, patient_id: patientId, tag_id: tagId, tagged_by: staffOf(ctx), tagged_at: ctx.now })
    if (hung) await recordEvents(tx, ctx, [{ name: 'patient.tagged', subject: { type: 'patient', id: patientId }, patientId, details: { tag: tagId } }])
  })
}

/** Takes a tag off; where there is none nothing changes. Throws `NotFound`. */
export async function untagPatient(ctx: Context, patientId: string, tagId: string): Promise<void> {
  allow(ctx.actor, 'patient.write')
  await transact(ctx, async (tx) => {
    if (!(await lockPatient(tx, patientId))) throw new NotFound('patient')
    if (await takeTagOff(tx, patientId, tagId)) await recordEvents(tx, ctx, [{ name: 'patient.untagged', subject: { type: 'patient', id: patientId }, patientId, details: { tag: tagId } }])
  })
}

async function settle(tx: Tx, ctx: Context, id: string, how: string) {
  const row = await lockTag(tx, id)
  if (!row) throw new NotFound('tag')
  await recordEvents(tx, ctx, [{ name: 'tag.changed', subject: { type: 'tag', id }, details: { how } }])
  return view(row)
}

const view = (row: TagRow) => ({ id: row.id, name: row.name, tone: row.tone, retired: row.retired_at !== null, version: row.version })

function staffOf(ctx: Context): string {
  if (!ctx.actor.staffId) throw new Error('a tag has a person behind it')
  return ctx.actor.staffId
}
