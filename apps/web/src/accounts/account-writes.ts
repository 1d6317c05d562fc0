import type { Accounted } from '@yoman/contract/day-accounts'
import { call, renew } from '../api.ts'
import { language, t } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { problemWords } from '../problem-words.ts'
import { patientName } from '../shell/patient-name.ts'
import { toast } from '../ui/toasts.ts'

export type Outcome = Accounted['calls'][number]['outcome']

/** Writes down what came of a call; the message takes it back. Throws `ApiProblem`, which belongs into the form where there is one. */
export async function sayCall(row: Accounted, outcome: Outcome, reason?: string): Promise<void> {
  const { id } = await call('POST /appointments/:id/reminder-calls', { params: { id: row.appointmentId }, body: { id: newId(), startsAt: row.startsAt, outcome, ...(reason === undefined ? {} : { reason }) } })
  renewAccounts()
  toast(t(`accounts.done.${outcome}`), { detail: patientName(row.patient, language.value), undo: () => void takeBack(id) })
}

export const noteCall = (row: Accounted, outcome: Outcome): Promise<void> => written(() => sayCall(row, outcome))

const takeBack = (id: string): Promise<void> =>
  written(async () => {
    await call('DELETE /reminder-calls/:id', { params: { id } })
    toast(t('diary.undone'))
  })

/** The patient said yes on the phone: the visit is confirmed. */
export const confirmByPhone = ({ appointmentId, patient }: Accounted): Promise<void> =>
  written(async () => {
    const params = { id: appointmentId }
    const { version } = await call('POST /appointments/:id/confirmation', { params, body: {} })
    const undo = () => written(async () => void (await call('POST /appointments/:id/undo', { params, body: { version } })))
    toast(t('handover.reachedDone'), { detail: patientName(patient, language.value), undo: () => void undo() })
  })

async function written(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAccounts()
}

const renewAccounts = (): void => renew('GET /day-accounts/:date', 'GET /not-reached', 'GET /handovers/now', 'GET /diary')
