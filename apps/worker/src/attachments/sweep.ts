import { sweepOrphans } from '@yoman/use-cases/attachments/sweep'
import { acrossClinics } from '@yoman/use-cases/transact'
import { contextOf, type WorkerServices } from '../services.ts'

/** Bytes that no row needs, of all clinics. One clinic's trouble hinders no other; the next sweep tries again. */
export async function sweepFiles(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  let removed = 0
  for (const { id } of clinics) {
    try {
      removed += await sweepOrphans({ ...contextOf(services, id), files: services.files }, services.machineClock.now())
    } catch (error) {
      services.log.error({ err: error, clinic: id }, "a clinic's files could not be swept; the next sweep tries again")
    }
  }
  if (removed > 0) services.log.info({ removed }, 'files without a row were removed')
  return removed
}
