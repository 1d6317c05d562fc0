import { allow, type Permission } from '@yoman/domain/access'
import { Forbidden } from '@yoman/domain/refusal'
import type { Context } from './context.ts'

/** The person of the staff who acts: what asks for it is done by nobody else, which its permission sees to. */
export function personOf({ actor }: Context): string {
  if (actor.staffId === null) throw new Error('this is done by a person of the staff')
  return actor.staffId
}

/** What is the whole business's, such as its books: nobody who works in some of its branches alone reads or does it. Throws `Forbidden`. */
export function allowWhole({ actor }: Context, permission: Permission): void {
  allow(actor, permission)
  if (actor.branchIds.length > 0) throw new Forbidden(permission)
}
