import { silentPatients, soundPatient } from '@yoman/db/patients/sounds'
import { soundsOf } from '@yoman/domain/people/name-sound'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { namesView } from './view.ts'

const atOnce = 500

/** Computes how names sound where an older version wrote them, so that duplicates of those are found too; in batches until none is left. @returns how many. */
export async function soundPatients(ctx: Context): Promise<number> {
  for (let done = 0; ; ) {
    const now = await soundSome(ctx)
    done += now
    if (now < atOnce) return done
  }
}

const soundSome = (ctx: Context): Promise<number> =>
  transact(ctx, async (tx) => {
    const silent = await silentPatients(tx, atOnce)
    await Promise.all(silent.map((row) => soundPatient(tx, row.id, soundsOf(namesView(row)))))
    return silent.length
  })
