import type { Tx } from '@yoman/db/database'
import { saveVersion } from '@yoman/db/save-version'
import { findVisitType, type VisitTypeRow } from '@yoman/db/settings/queries'
import { kindsOf, replaceNeeds } from '@yoman/db/visit-types/needs'
import { replaceAbleTo } from '@yoman/db/visit-types/save'
import { allow } from '@yoman/domain/access'
import { checkNeeds } from '@yoman/domain/appointments/needs'
import type { Need } from '@yoman/domain/appointments/situation'
import type { AskedPaper } from '@yoman/domain/papers/paper'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** `needs` or `paper` unset: as they are. */
export type VisitTypeFields = Omit<VisitTypeRow, 'id' | 'active' | 'version' | 'needs' | 'paper'> & { needs?: readonly Need[] | undefined; paper?: AskedPaper | undefined }

/** A repeated request finds its own row. Throws `resource_form_wrong`, `reference_unknown`, `id_taken`. */
export async function createVisitType(ctx: Context, { id, practitionerIds, needs, ...fields }: VisitTypeFields & { id: string }): Promise<VisitTypeRow> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, async (tx) => {
    const mine = await findVisitType(tx, id)
    if (mine && mine.name !== fields.name) throw new Refusal('id_taken')
    if (mine) return mine
    await tx.insertInto('visit_type').values({ clinic_id: ctx.clinicId, id, name: fields.name, duration_minutes: fields.durationMinutes, profession: null, place_kind: null, price_item_id: null }).execute()
    return save(tx, ctx, { id, practitionerIds, needs, version: 1, changes: fields })
  })
}

/** Throws `stale_version`, `resource_form_wrong`, `reference_unknown`. */
export async function changeVisitType(ctx: Context, id: string, { version, practitionerIds, needs, ...changes }: VisitTypeFields & { version: number; active: boolean }): Promise<VisitTypeRow> {
  allow(ctx.actor, 'settings.write')
  return transact(ctx, (tx) => save(tx, ctx, { id, practitionerIds, needs, version, changes }))
}

async function save(tx: Tx, ctx: Context, what: { id: string; version: number; practitionerIds: readonly string[]; needs: readonly Need[] | undefined; changes: Record<string, unknown> }): Promise<VisitTypeRow> {
  const { id } = what
  await saveVersion(tx, 'visit_type', id, what.version, what.changes)
  await replaceAbleTo(tx, ctx.clinicId, id, what.practitionerIds)
  if (what.needs) {
    checkNeeds(what.needs, await kindsOf(tx, ctx.clinicId, what.needs.flatMap(({ resourceIds }) => resourceIds)))
    await replaceNeeds(tx, ctx.clinicId, id, what.needs)
  }
  await recordEvents(tx, ctx, [{ name: 'visit_type.changed', subject: { type: 'visit_type', id }, details: { version: what.version + 1 } }])
  const row = await findVisitType(tx, id)
  if (!row) throw new NotFound('visit_type')
  return row
}
