import { allow } from '@yoman/domain/access'
import { Forbidden } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'

/** What practitioners are paid is the whole business's: nobody of some branches alone sees it. Throws `Forbidden`. */
export function allowShares({ actor }: Context, permission: 'share.read' | 'share.write'): void {
  allow(actor, permission)
  if (actor.branchIds.length > 0) throw new Forbidden(permission)
}

export function personOf({ actor }: Context): string {
  if (actor.staffId === null) throw new Error('shares are written by a person')
  return actor.staffId
}
