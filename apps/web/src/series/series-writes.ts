import type { DiaryVisit } from '@yoman/contract/diary'
import type { Series } from '@yoman/contract/series'
import { call, renew } from '../api.ts'
import { nameOf } from '../diary/grid-data.ts'
import { ownIds } from '../diary/visit-writes.ts'
import { t } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'

const renewAll = (): void => renew('GET /diary', 'GET /series/:id', 'GET /appointments/:id', 'GET /patients/:id')

export interface Repeat {
  id: string
  startsAt: string
  practitionerId: string
  minutes: number
  alsoIds: string[]
  outsideHours: boolean
  branchId: string
}

/** Books one more visit like another. Throws `ApiProblem`; sending it again under its id is safe. */
export async function bookRepeat(visit: DiaryVisit, { minutes, outsideHours, alsoIds, ...rest }: Repeat, when: string): Promise<void> {
  const body = { ...rest, patientId: visit.patient.id, visitTypeId: visit.visitTypeId, durationMinutes: minutes, ...(alsoIds.length > 0 ? { alsoIds } : {}), ...(outsideHours ? { outsideHours } : {}) }
  const booked = await call('POST /appointments', { body })
  ownIds.set(booked.id, booked.version)
  renewAll()
  toast(t('diary.booked', { name: nameOf(visit.patient) }), { detail: when, undo: () => void takeBack(booked.id) })
}

async function takeBack(id: string): Promise<void> {
  try {
    await call('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'other' } })
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}

/** Tells what was done to a series, with an undo for the whole of it. */
export function told(series: Series, text: string): void {
  for (const { appointmentId, version } of series.visits) ownIds.set(appointmentId, version)
  renewAll()
  const { undo, id } = series
  toast(text, undo ? { undo: () => void undoChange(id, undo.changeId) } : {})
}

async function undoChange(id: string, changeId: string): Promise<void> {
  try {
    await call('POST /series/:id/undo', { params: { id }, body: { id: newId(), changeId } })
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}
