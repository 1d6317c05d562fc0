import { allow } from '@yoman/domain/access'
import { Forbidden } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'

/** The books are the whole dealer's: whoever works in some branches alone would see the takings of the others. Throws `Forbidden`. */
export function allowBooks({ actor }: Context): void {
  allow(actor, 'books.export')
  if (actor.branchIds.length > 0) throw new Forbidden('books.export')
}
