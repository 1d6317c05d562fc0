import { keysInUse } from '@yoman/db/attachments/queries'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

/**
 * Bytes whose row was never written may go after this long. A week, and not an hour: whoever sets the database back to last night
 * has a few days to bring today's rows back, and until then their files are still there.
 */
export const orphanDays = 7
const atOnce = 500

/** Removes the bytes of uploads that broke off before their row. `machineNow` is the store's kind of clock, never the demo's. @returns how many went. */
export async function sweepOrphans(ctx: Context & { files: FileStore }, machineNow: Instant): Promise<number> {
  const before = machineNow.subtract({ hours: orphanDays * 24 }).epochMilliseconds
  let removed = 0
  let old: string[] = []
  const settle = async (): Promise<void> => {
    const used = await read(ctx, (db) => keysInUse(db, old))
    for (const key of old.filter((one) => !used.has(one))) {
      await ctx.files.remove(key)
      removed += 1
    }
    old = []
  }
  for await (const { key, writtenAtMs } of ctx.files.list(ctx.clinicId)) {
    if (writtenAtMs < before) old.push(key)
    if (old.length === atOnce) await settle()
  }
  if (old.length > 0) await settle()
  return removed
}
