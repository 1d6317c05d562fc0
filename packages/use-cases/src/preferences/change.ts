import { allow } from '@yoman/domain/access'
import { changed, defaultPreferences, type Preferences, type PreferencesChange } from '@yoman/domain/preferences/preferences'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { knownBranches, lockPreferences, savePreferences } from '@yoman/db/preferences/queries'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'

/**
 * Everybody chooses how their own screens look. Leaves no event: it touches nobody else.
 * @throws Refusal `reference_unknown` for columns of a branch that the clinic does not have, which also bounds what is kept.
 */
export async function changePreferences(ctx: Context, change: PreferencesChange): Promise<Preferences> {
  allow(ctx.actor, 'session.own')
  const { staffId } = ctx.actor
  if (staffId === null) throw new NotFound('staff')
  return transact(ctx, async (tx) => {
    const branches = Object.keys(change.diary?.columns ?? {})
    const known = await knownBranches(tx, branches)
    if (branches.some((id) => !known.includes(id))) throw new Refusal('reference_unknown')
    const before = changed(defaultPreferences, await lockPreferences(tx, ctx.clinicId, staffId, ctx.now))
    const after = changed(before, change)
    await savePreferences(tx, staffId, after, ctx.now)
    return after
  })
}
