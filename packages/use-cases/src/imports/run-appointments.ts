import { lockResources } from '@yoman/db/appointments/lock'
import type { Tx } from '@yoman/db/database'
import { allResources, loadDirectory } from '@yoman/db/imports/directory'
import type { ImportJobRow } from '@yoman/db/imports/queries'
import { Refusal } from '@yoman/domain/refusal'
import { bookIn } from '../appointments/book.ts'
import type { Context } from '../context.ts'
import { readRows } from './check-appointments.ts'

/**
 * Books every new visit of a file as the desk would, reminders included. The whole diary waits meanwhile (some milliseconds a visit).
 * Throws the refusal of the first visit that has no place any more: then nothing is booked, and another dry run shows why.
 */
export async function runAppointments(tx: Tx, ctx: Context, job: ImportJobRow, tell: (done: number) => Promise<unknown>): Promise<number> {
  const [directory, resources] = await Promise.all([loadDirectory(tx), allResources(tx)])
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: resources.map(({ id }) => id) })
  let done = 0
  for (let after = 0; ; ) {
    const rows = await readRows(ctx, tx, job, { after, directory, verdict: 'new' })
    const last = rows.at(-1)
    if (!last) return done
    for (const { visit, patientId, subject } of rows) {
      if (!visit || !patientId || !subject) throw new Refusal('import_not_ready') // a patient or a name changed since the dry run
      const { practitionerId, branchId, visitTypeId, startsAt, minutes, deskNote } = visit
      await bookIn(tx, ctx, { id: subject, patientId, practitionerId, branchId, visitTypeId, startsAt, durationMinutes: minutes ?? undefined, deskNote, outsideHours: true })
      done += 1
      if (done % 50 === 0) await tell(done)
    }
    after = last.number
  }
}
