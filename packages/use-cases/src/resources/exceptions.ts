import { deleteException, type ExceptionRow, findException, insertException } from '@yoman/db/resources/exceptions'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** Throws `resource_form_wrong` where it is about nothing or has half a time, `ends_before_it_starts`, `reference_unknown`, `id_taken`. */
export async function createException(ctx: Context, given: ExceptionRow): Promise<ExceptionRow> {
  allow(ctx.actor, 'settings.write')
  const { starts, ends, kind } = given
  if (!given.resourceId && !given.branchId) throw new Refusal('resource_form_wrong')
  if ((starts === null) !== (ends === null) || (kind === 'open' && starts === null)) throw new Refusal('resource_form_wrong')
  if (starts !== null && ends !== null && ends <= starts) throw new Refusal('ends_before_it_starts')
  return transact(ctx, async (tx) => {
    const mine = await findException(tx, given.id)
    if (mine && mine.date !== given.date) throw new Refusal('id_taken')
    if (mine) return mine
    await insertException(tx, ctx.clinicId, given)
    await recordEvents(tx, ctx, [changed(given, 'exception_added')])
    return given
  })
}

export async function removeException(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'settings.write')
  await transact(ctx, async (tx) => {
    const row = await findException(tx, id)
    if (!row || !(await deleteException(tx, id))) throw new NotFound('hours_exception')
    await recordEvents(tx, ctx, [changed(row, 'exception_removed')])
  })
}

// Screens that show the branch or the person hear that their hours are other ones now.
const changed = (row: ExceptionRow, what: string) =>
  row.resourceId === null
    ? { name: 'branch.changed' as const, subject: { type: 'branch', id: row.branchId ?? '' }, branchId: row.branchId, details: { [what]: row.id, date: row.date } }
    : { name: 'resource.changed' as const, subject: { type: 'resource', id: row.resourceId }, branchId: row.branchId, details: { [what]: row.id, date: row.date } }
