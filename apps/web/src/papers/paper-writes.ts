import type { DiaryVisit } from '@yoman/contract/diary'
import type { PaperKind } from '@yoman/domain/papers/paper'
import { sendFile } from '../attachments/send-file.ts'
import { call, renew } from '../api.ts'
import { businessNow } from '../clock.ts'
import { t } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { problemWords } from '../problem-words.ts'
import { dateIn } from '@yoman/domain/time'
import { toast } from '../ui/toasts.ts'

/** The visit, who comes (as it is called on the screen) and which paper: enough to say what was done. */
export interface PaperOf {
  appointmentId: string
  name: string
  kind: PaperKind
}

const renewed = (): void => renew('GET /diary', 'GET /appointments/:id', 'GET /missing-papers', 'GET /handovers/now', 'GET /parked-appointments')

/** The paper is here. */
export const receivePaper = (paper: PaperOf): Promise<void> => write(paper, 'POST /appointments/:id/paper', 'received')
/** It was a mistake: it is missing. */
export const missPaper = (paper: PaperOf): Promise<void> => write(paper, 'DELETE /appointments/:id/paper', 'missed')

async function write(paper: PaperOf, route: 'POST /appointments/:id/paper' | 'DELETE /appointments/:id/paper', done: 'received' | 'missed'): Promise<void> {
  const back = done === 'received' ? missPaper : receivePaper
  try {
    await call(route, { params: { id: paper.appointmentId } })
    toast(t(`papers.${done}.${paper.kind}`, { name: paper.name }), { undo: () => void back(paper) })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewed()
}

/** Files the paper as a document of the visit. It is taken out of the record in the record itself, with a reason. */
export async function filePaper(visit: DiaryVisit, kind: PaperKind, file: File, zone: string): Promise<void> {
  const query = { id: newId(), patientId: visit.patient.id, kind, takenOn: dateIn(zone, businessNow()).toString(), appointmentId: visit.id }
  try {
    await sendFile(query, file, () => undefined, new AbortController().signal)
    toast(t(`papers.fileDone.${kind}`))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewed()
  renew('GET /patients/:id/attachments')
}
