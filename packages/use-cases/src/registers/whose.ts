import { loadBookGround } from '@yoman/db/books/queries'
import type { BookBusiness } from '@yoman/db/books/table'
import type { Db } from '@yoman/db/database'
import { registerBranches, type RegisterBranch } from '@yoman/db/registers/branches'
import type { Actor } from '@yoman/domain/access'
import { Forbidden, NotFound } from '@yoman/domain/refusal'

/** What every register says of itself beside its lines (bookkeeping instructions, appendix ה'(א)(2)). */
export interface RegisterGround {
  business: BookBusiness
  /** Of the wall that dates it. */
  zone: string
  branches: RegisterBranch[]
}

/** The business, and those of its branches that are asked for: one, or all that the person works in. Throws `NotFound`, `Forbidden`. */
export async function registerGround(db: Db, actor: Actor, branchId?: string): Promise<RegisterGround> {
  const [{ business, zone }, all] = await Promise.all([loadBookGround(db), registerBranches(db)])
  const asked = branchId === undefined ? all : all.filter(({ id }) => id === branchId)
  if (asked.length === 0) throw new NotFound('branch')
  const branches = asked.filter(({ id }) => actor.branchIds.length === 0 || actor.branchIds.includes(id))
  const [first] = branches
  if (!first) throw new Forbidden('cash.read')
  return { business, zone: branchId === undefined ? zone : first.zone, branches }
}
