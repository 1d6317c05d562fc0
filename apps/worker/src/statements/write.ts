import { composeStatementMessage } from '@yoman/messaging/statements/compose'
import { dueStatements, writeStatement } from '@yoman/use-cases/statements/write'
import { acrossClinics } from '@yoman/use-cases/transact'
import { eachOf } from '../sweeps.ts'
import { type WorkerServices, contextOf } from '../services.ts'

/** Side by side: enough to be done with twenty thousand before noon, few enough that the desk notices nothing. */
const lanes = 2

/** Statements of the month before, in the days on which a clinic writes them; each in a transaction of its own. @returns how many were written. */
export async function writeStatements(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's statements", async ({ clinicId }) => {
    const due = await dueStatements(contextOf(services, clinicId))
    if (!due) return 0
    const outcomes = await eachOf(services, due.readerIds.map((id) => ({ clinicId, id })), 'a statement of account', ({ id }) => writeStatement(contextOf(services, clinicId), id, due.month, composeStatementMessage), lanes)
    return outcomes.filter((outcome) => outcome !== 'gone').length
  }, 1)
  return done.reduce((sum, count) => sum + count, 0)
}
