import { type ConsentRow, currentConsents, findConsent, insertConsent } from '@yoman/db/consents/queries'
import { findPatient } from '@yoman/db/patients/queries'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface NewConsent {
  id: string
  channel: ConsentRow['channel']
  purpose: ConsentRow['purpose']
  state: ConsentRow['state']
  source: ConsentRow['source']
  /** What shows that it was so: words said, a form's number. */
  evidence?: string
}

/** Writes one line of the ledger, which is never changed: the newest of a channel and purpose holds. Gives what holds now. */
export async function recordConsent(ctx: Context, patientId: string, consent: NewConsent) {
  allow(ctx.actor, 'patient.write')
  return transact(ctx, async (tx) => {
    const [patient, mine] = await Promise.all([findPatient(tx, patientId), findConsent(tx, consent.id)])
    if (!patient) throw new NotFound('patient')
    if (mine && (mine.patient_id !== patientId || mine.channel !== consent.channel || mine.purpose !== consent.purpose || mine.state !== consent.state)) throw new Refusal('id_taken')
    if (!mine) {
      const { id, channel, purpose, state, source, evidence = '' } = consent
      const said = { channel, purpose, state, source, evidence, recorded_at: ctx.now, recorded_by: ctx.actor.staffId }
      await insertConsent(tx, { clinic_id: ctx.clinicId, id, patient_id: patientId, ...said })
      await recordEvents(tx, ctx, [{ name: 'consent.recorded', subject: { type: 'consent', id }, patientId, details: { channel, purpose, state } }])
    }
    return (await currentConsents(tx, patientId)).map(consentView)
  })
}

export const consentView = ({ channel, purpose, state, source, recorded_at }: ConsentRow) => ({
  channel,
  purpose,
  state,
  source,
  recordedAt: recorded_at.toString(),
})
