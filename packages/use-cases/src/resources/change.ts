import type { Tx } from '@yoman/db/database'
import { replaceWorkingHours, savePractitioner } from '@yoman/db/resources/save'
import { saveVersion } from '@yoman/db/save-version'
import { findResource, type PractitionerRow, type ResourceRow, type WorkingRow } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { checkHours } from '@yoman/domain/resources/hours'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { listThoseOf, listThoseOutside } from '../rebooking/outside.ts'
import { transact } from '../transact.ts'

export interface NewResource {
  id: string
  kind: ResourceRow['kind']
  name: string
  nameEn: string
  branchId: string | null
  colour: string
  practitioner: PractitionerRow | null
}

export interface ResourceChange {
  version: number
  name?: string
  nameEn?: string
  sort?: number
  colour?: string
  active?: boolean
  practitioner?: PractitionerRow
}

/**
 * A practitioner has a person's details and no branch, a place a branch and no person: else `resource_form_wrong`. A repeated
 * request finds its own row. Throws `reference_unknown`, `id_taken`.
 */
export async function createResource(ctx: Context, given: NewResource): Promise<ResourceRow> {
  allow(ctx.actor, 'settings.write')
  const isPerson = given.kind === 'practitioner'
  if (isPerson !== (given.practitioner !== null) || isPerson !== (given.branchId === null)) throw new Refusal('resource_form_wrong')
  return transact(ctx, async (tx) => {
    const mine = await findResource(tx, given.id)
    if (mine && (mine.name !== given.name || mine.kind !== given.kind)) throw new Refusal('id_taken')
    if (mine) return mine
    const { id, kind, name, nameEn, branchId, colour } = given
    await tx.insertInto('resource').values({ clinic_id: ctx.clinicId, id, kind, name, name_en: nameEn, branch_id: branchId, colour }).execute()
    if (given.practitioner) await savePractitioner(tx, ctx.clinicId, id, given.practitioner)
    return answer(tx, ctx, id, { made: true })
  })
}

/** Throws `stale_version`, `resource_form_wrong` for a person's details on a place, `reference_unknown`. */
export async function changeResource(ctx: Context, id: string, { version, practitioner, ...changes }: ResourceChange): Promise<ResourceRow> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'resource', id, version, changes)
    if (changes.active !== undefined) await listThoseOf(tx, ctx, [id], changes.active)
    if (practitioner) {
      const row = await findResource(tx, id)
      if (row?.kind !== 'practitioner') throw new Refusal('resource_form_wrong')
      await savePractitioner(tx, ctx.clinicId, id, practitioner)
    }
    return answer(tx, ctx, id, { fields: [...Object.keys(changes), ...(practitioner ? ['practitioner'] : [])] })
  })
}

/** Throws `stale_version`, `hours_overlap`, `ends_before_it_starts`, `reference_unknown`. */
export async function setWorkingHours(ctx: Context, id: string, given: { version: number; hours: readonly WorkingRow[] }): Promise<ResourceRow> {
  allow(ctx.actor, 'settings.write')
  checkHours(given.hours)
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'resource', id, given.version, {})
    await listThoseOutside(tx, ctx, [id], () => replaceWorkingHours(tx, ctx.clinicId, id, given.hours))
    return answer(tx, ctx, id, { fields: ['hours'] })
  })
}

async function answer(tx: Tx, ctx: Context, id: string, details: Record<string, unknown>): Promise<ResourceRow> {
  const row = await findResource(tx, id)
  if (!row) throw new NotFound('resource')
  await recordEvents(tx, ctx, [{ name: 'resource.changed', subject: { type: 'resource', id }, branchId: row.branchId, details }])
  return row
}
