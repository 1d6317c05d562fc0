import type { Tx } from '@yoman/db/database'
import { findPatient } from '@yoman/db/patients/queries'
import { findFinding, findingsOf, type FindingRow, insertFinding, lockFinding, sameFinding, saveFinding, type ToothPlanRow, toothPlansOf, toothWorkOf, type ToothWorkRow } from '@yoman/db/teeth/queries'
import { allow } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Ending, endsNow, type Finding, findingOf } from '@yoman/domain/teeth/finding'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** A patient's teeth. Throws `NotFound`. */
export async function readTeeth(ctx: Context, patientId: string) {
  allow(ctx.actor, 'note.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    const [findings, done, planned] = await Promise.all([findingsOf(db, patientId), toothWorkOf(db, patientId), toothPlansOf(db, patientId)])
    return { findings: findings.map(findingView), done: done.map(workView), planned: planned.map(planView) }
  })
}

export type NewFinding = Omit<Finding, 'surfaces'> & { id: string; surfaces?: string }

/** Notes something of a tooth; what is noted already answers itself. Throws what `findingOf` throws, `id_taken`, `NotFound`. */
export async function noteFinding(ctx: Context, patientId: string, { id, surfaces = '', ...said }: NewFinding): Promise<FindingView> {
  allow(ctx.actor, 'note.write')
  const finding = findingOf({ ...said, surfaces })
  return transact(ctx, async (tx) => {
    if (!(await findPatient(tx, patientId))) throw new NotFound('patient')
    const mine = await findFinding(tx, id)
    if (mine && (mine.patient_id !== patientId || mine.tooth !== finding.tooth || mine.kind !== finding.kind)) throw new Refusal('id_taken')
    if (mine) return findingView(mine)
    const standing = await insertFinding(tx, { clinic_id: ctx.clinicId, id, patient_id: patientId, ...finding, recorded_by: staffOf(ctx), recorded_at: ctx.now, ended_as: null, ended_by: null, ended_at: null })
    if (standing === id) await record(tx, ctx, 'tooth.noted', { id, patient_id: patientId })
    return load(tx, standing)
  })
}

/** Ends a finding; the row stays. Throws what `endsNow` throws, `NotFound`. */
export async function endFinding(ctx: Context, id: string, as: Ending): Promise<FindingView> {
  allow(ctx.actor, 'note.write')
  return transact(ctx, async (tx) => {
    const row = await locked(tx, id)
    if (endsNow({ endedAs: row.ended_as }, as)) {
      await saveFinding(tx, id, { ended_as: as, ended_by: staffOf(ctx), ended_at: ctx.now })
      await record(tx, ctx, 'tooth.ended', row, { as })
    }
    return load(tx, id)
  })
}

/** Takes an ending back. Throws `finding_known` where the same was noted again meanwhile, `NotFound`. */
export async function reopenFinding(ctx: Context, id: string): Promise<FindingView> {
  allow(ctx.actor, 'note.write')
  return transact(ctx, async (tx) => {
    const row = await locked(tx, id)
    if (row.ended_at === null) return findingView(row)
    if (await sameFinding(tx, row)) throw new Refusal('finding_known')
    await saveFinding(tx, id, { ended_as: null, ended_by: null, ended_at: null })
    await record(tx, ctx, 'tooth.reopened', row)
    return load(tx, id)
  })
}

async function locked(tx: Tx, id: string): Promise<FindingRow> {
  const row = await lockFinding(tx, id)
  if (!row) throw new NotFound('tooth finding')
  return row
}

async function load(tx: Tx, id: string): Promise<FindingView> {
  const row = await findFinding(tx, id)
  if (!row) throw new NotFound('tooth finding')
  return findingView(row)
}

export type FindingView = ReturnType<typeof findingView>

const findingView = (row: FindingRow) => ({
  id: row.id,
  tooth: row.tooth,
  kind: row.kind,
  state: row.state,
  surfaces: row.surfaces,
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at.toString(),
  endedAs: row.ended_as,
  endedBy: row.ended_by,
  endedAt: row.ended_at?.toString() ?? null,
})

const workView = (row: ToothWorkRow) => ({
  procedureId: row.id,
  encounterId: row.encounter_id,
  tooth: row.tooth,
  surfaces: row.surfaces,
  description: row.description,
  practitionerId: row.practitioner_id,
  at: row.started_at.toString(),
  signed: row.status === 'signed',
})

const planView = (row: ToothPlanRow) => ({ itemId: row.id, planId: row.plan_id, tooth: row.tooth, surfaces: row.surfaces, description: row.description, findingId: row.finding_id, agreed: row.agreed })

const record = (tx: Tx, ctx: Context, name: EventName, row: Pick<FindingRow, 'id' | 'patient_id'>, details: Record<string, unknown> = {}): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'tooth_finding', id: row.id }, patientId: row.patient_id, details }])

function staffOf(ctx: Context): string {
  if (!ctx.actor.staffId) throw new Error('a finding has a person behind it')
  return ctx.actor.staffId
}
