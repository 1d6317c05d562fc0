import { allPractitioners } from '@yoman/db/blocks/days'
import type { Tx } from '@yoman/db/database'
import { deleteException, type ExceptionRow, findException, insertException } from '@yoman/db/resources/exceptions'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { listThoseOutside } from '../rebooking/outside.ts'
import { transact } from '../transact.ts'

/**
 * One date that differs; booked visits that it leaves without their hours come onto the rebooking list in the same transaction, and `hits`
 * says how many. The same id again answers the same date. Throws `resource_form_wrong` where it is about nothing or has half a time, `ends_before_it_starts`, `reference_unknown`, `id_taken`.
 */
export async function createException(ctx: Context, given: ExceptionRow): Promise<ExceptionRow & { hits: number }> {
  allow(ctx.actor, 'settings.write')
  const { starts, ends, kind } = given
  if (!given.resourceId && !given.branchId) throw new Refusal('resource_form_wrong')
  if ((starts === null) !== (ends === null) || (kind === 'open' && starts === null)) throw new Refusal('resource_form_wrong')
  if (starts !== null && ends !== null && ends <= starts) throw new Refusal('ends_before_it_starts')
  return transact(ctx, async (tx) => {
    const mine = await findException(tx, given.id)
    if (mine && mine.date !== given.date) throw new Refusal('id_taken')
    if (mine) return { ...mine, hits: 0 }
    const hits = await listThoseOutside(tx, ctx, await whom(tx, ctx, given), () => insertException(tx, ctx.clinicId, given))
    await recordEvents(tx, ctx, [changed(given, 'exception_added')])
    return { ...given, hits }
  })
}

/** Takes it back; visits that waited because of it wait no longer, and those that stood in extra hours do. */
export async function removeException(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await findException(tx, id)
    if (!row) throw new NotFound('hours_exception')
    await listThoseOutside(tx, ctx, await whom(tx, ctx, row), async () => {
      if (!(await deleteException(tx, id))) throw new NotFound('hours_exception')
    })
    await recordEvents(tx, ctx, [changed(row, 'exception_removed')])
  })
}

// The closing of a branch is that of everybody in it.
const whom = async (tx: Tx, { clinicId }: Context, { resourceId }: ExceptionRow): Promise<string[]> => (resourceId === null ? allPractitioners(tx, clinicId) : [resourceId])

// Screens that show the branch or the person hear that their hours are other ones now.
const changed = (row: ExceptionRow, what: string) =>
  row.resourceId === null
    ? { name: 'branch.changed' as const, subject: { type: 'branch', id: row.branchId ?? '' }, branchId: row.branchId, details: { [what]: row.id, date: row.date } }
    : { name: 'resource.changed' as const, subject: { type: 'resource', id: row.resourceId }, branchId: row.branchId, details: { [what]: row.id, date: row.date } }
