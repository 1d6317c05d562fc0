import type { DiaryVisit } from '@yoman/contract/diary'
import type { Rebooking } from '@yoman/contract/rebooking'
import { dateIn, instant } from '@yoman/domain/time'
import { call, renew } from '../api.ts'
import { nameOf } from '../diary/grid-data.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'

/** Writes down that somebody called. */
export async function noteCall(row: Rebooking, told: boolean): Promise<void> {
  await written(async () => {
    await call('POST /rebookings/:id/calls', { params: { id: row.id }, body: { told } })
    toast(t('rebooking.tellSaved', { name: nameOf(row.patient) }), { undo: () => void forgetCall(row, told) })
  })
}

const forgetCall = (row: Rebooking, told: boolean): Promise<void> =>
  written(async () => {
    await call('POST /rebookings/:id/calls', { params: { id: row.id }, body: { told, takenBack: true } })
    toast(t('diary.undone'))
  })

/** The visit stays as it is; the message can put it back on the list. Throws `ApiProblem`, which belongs into the form. */
export async function leaveAsIs(row: Rebooking, reason: string): Promise<void> {
  await call('POST /rebookings/:id/leaving', { params: { id: row.id }, body: { reason } })
  renew('GET /rebookings')
  toast(t('rebooking.left', { name: nameOf(row.patient) }), { undo: () => void waitAgain(row) })
}

export const waitAgain = (row: Rebooking): Promise<void> =>
  written(async () => {
    await call('POST /rebookings/:id/undo', { params: { id: row.id } })
    toast(t('rebooking.undone', { name: nameOf(row.patient) }), row.reason === '' ? {} : { undo: () => void written(() => leaveAsIs(row, row.reason)) })
  })

async function written(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renew('GET /rebookings')
}

/** The visit as the diary's dialogs know it; undefined where somebody has taken it away meanwhile. */
export async function visitOf({ appointmentId, branchId, startsAt }: Rebooking, zone: string): Promise<DiaryVisit | undefined> {
  const { visits } = await call('GET /diary', { query: { branchId, date: dateIn(zone, instant(startsAt)).toString() } })
  return visits.find(({ id }) => id === appointmentId)
}
