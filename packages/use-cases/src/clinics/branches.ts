import { insertBranch } from '@yoman/db/clinics/queries'
import type { Tx } from '@yoman/db/database'
import { replaceOpeningHours } from '@yoman/db/resources/save'
import { saveVersion } from '@yoman/db/save-version'
import { type BranchRow, findBranch, type OpeningRow } from '@yoman/db/settings/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { checkHours } from '@yoman/domain/resources/hours'
import { isZone } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { phoneOf } from './change.ts'

export interface NewBranch {
  id: string
  name: string
  nameEn?: string
  address: string
  city: string
  phone: string | null
  timeZone: string
}

export interface BranchChange extends Partial<Omit<NewBranch, 'id'>> {
  version: number
  active?: boolean
}

/** A repeated request finds its own row. Throws `time_zone_unknown`, `phone_invalid`, `id_taken`. */
export async function createBranch(ctx: Context, given: NewBranch): Promise<BranchRow> {
  allow(ctx.actor, 'settings.write')
  const branch = { ...given, ...checked(given) }
  return transact(ctx, async (tx) => {
    const mine = await findBranch(tx, given.id)
    if (mine && mine.name !== given.name) throw new Refusal('id_taken')
    if (mine) return mine
    await insertBranch(tx, ctx.clinicId, branch)
    return answer(tx, ctx, given.id, { made: true })
  })
}

/** Throws `stale_version`, `time_zone_unknown`, `phone_invalid`. */
export async function changeBranch(ctx: Context, id: string, { version, ...typed }: BranchChange): Promise<BranchRow> {
  allow(ctx.actor, 'settings.write')
  const changes = { ...typed, ...checked(typed) }
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'branch', id, version, changes)
    return answer(tx, ctx, id, { fields: Object.keys(typed) })
  })
}

/** Throws `stale_version`, `hours_overlap`, `ends_before_it_starts`. */
export async function setOpeningHours(ctx: Context, id: string, given: { version: number; hours: readonly OpeningRow[] }): Promise<BranchRow> {
  allow(ctx.actor, 'settings.write')
  checkHours(given.hours.map(({ weekday, opens, closes }) => ({ weekday, starts: opens, ends: closes })))
  return transact(ctx, async (tx) => {
    await saveVersion(tx, 'branch', id, given.version, {})
    await replaceOpeningHours(tx, ctx.clinicId, id, given.hours)
    return answer(tx, ctx, id, { fields: ['hours'] })
  })
}

function checked({ timeZone, phone }: { timeZone?: string; phone?: string | null }): { phone?: string } {
  if (timeZone !== undefined && !isZone(timeZone)) throw new Refusal('time_zone_unknown')
  return phone == null ? {} : { phone: phoneOf(phone) }
}

async function answer(tx: Tx, ctx: Context, id: string, details: Record<string, unknown>): Promise<BranchRow> {
  await recordEvents(tx, ctx, [{ name: 'branch.changed', subject: { type: 'branch', id }, branchId: id, details }])
  const row = await findBranch(tx, id)
  if (!row) throw new NotFound('branch')
  return row
}
