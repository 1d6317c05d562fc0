import { findShareRules } from '@yoman/db/shares/queries'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { ShareRule } from '@yoman/domain/shares/share'
import { allowWhole, personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** What each practitioner is paid, the newest rules first. */
export function listShareRules(ctx: Context): Promise<ShareRule[]> {
  allowWhole(ctx, 'share.read')
  return read(ctx, findShareRules)
}

/** A repeated request finds its own rule. Refuses `share_rule_one_of_two`, `share_rule_exists` (the same from the same day), `month_closed`, `reference_unknown`, `id_taken`. */
export async function createShareRule(ctx: Context, rule: ShareRule): Promise<ShareRule> {
  allowWhole(ctx, 'share.write')
  const staffId = personOf(ctx)
  if ((rule.shareBasisPoints === null) === (rule.fixedAgorot === null)) throw new Refusal('share_rule_one_of_two')
  return transact(ctx, async (tx) => {
    const known = (await findShareRules(tx)).find(({ id }) => id === rule.id)
    if (known && !isSame(known, rule)) throw new Refusal('id_taken')
    if (known) return known
    await tx
      .insertInto('share_rule')
      .values({ clinic_id: ctx.clinicId, id: rule.id, practitioner_id: rule.practitionerId, price_item_id: rule.priceItemId, valid_from: rule.from, share_basis_points: rule.shareBasisPoints, fixed_agorot: rule.fixedAgorot, created_at: ctx.now, created_by: staffId })
      .execute()
    await recordEvents(tx, ctx, [{ name: 'share.rule_set', subject: { type: 'share_rule', id: rule.id }, details: detailsOf(rule) }])
    return rule
  })
}

/** Takes back a rule whose day is in no closed month: what it paid for has the rule before it. Throws `NotFound`; refuses `month_closed`. */
export async function removeShareRule(ctx: Context, id: string): Promise<void> {
  allowWhole(ctx, 'share.write')
  await transact(ctx, async (tx) => {
    const rule = (await findShareRules(tx)).find((one) => one.id === id)
    if (!rule) throw new NotFound('share_rule')
    await tx.deleteFrom('share_rule').where('id', '=', id).execute()
    await recordEvents(tx, ctx, [{ name: 'share.rule_removed', subject: { type: 'share_rule', id }, details: detailsOf(rule) }])
  })
}

const isSame = (one: ShareRule, other: ShareRule): boolean => JSON.stringify(detailsOf(one)) === JSON.stringify(detailsOf(other))

const detailsOf = ({ practitionerId, priceItemId, from, shareBasisPoints, fixedAgorot }: ShareRule) => ({ practitionerId, priceItemId, from: from.toString(), shareBasisPoints, fixedAgorot })
