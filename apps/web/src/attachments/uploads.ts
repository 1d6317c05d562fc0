import { computed, markRaw, reactive, watch } from 'vue'
import type { AttachmentKind } from '@yoman/domain/attachments/kind'
import { renew } from '../api.ts'
import { t } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { problemWords } from '../problem-words.ts'
import { signedIn } from '../session.ts'
import { announce } from '../ui/announcer.ts'
import { sendFile } from './send-file.ts'

/** A file on its way. One that failed stays, with its bytes, until it is sent again or given up; its id is kept, so that nothing is filed twice. */
export interface Upload {
  id: string
  patientId: string
  kind: AttachmentKind
  takenOn: string
  appointmentId: string | null
  file: File
  state: 'waiting' | 'sending' | 'failed'
  /** 0 to 1. */
  progress: number
  problem: string
  stop: AbortController
}

const atOnce = 2
const all = reactive<Upload[]>([])

export const uploadsOf = (patientId: () => string) => computed(() => all.filter((one) => one.patientId === patientId()))
export const uploading = computed(() => all.length > 0)

type Place = Pick<Upload, 'patientId' | 'kind' | 'takenOn' | 'appointmentId'>

/** Puts files in line; `mostBytes` is the server's limit, told here before minutes are spent on sending. */
export function fileAll(files: Iterable<File>, place: Place, mostBytes: number): void {
  for (const file of files) {
    const tooLarge = file.size > mostBytes
    all.push({ ...place, id: newId(), file: markRaw(file), state: tooLarge ? 'failed' : 'waiting', progress: 0, problem: tooLarge ? t('attachments.tooLarge', { megabytes: Math.floor(mostBytes / 1_048_576) }) : '', stop: markRaw(new AbortController()) })
  }
  sendNext()
}

export function sendAgain(upload: Upload): void {
  Object.assign(upload, { state: 'waiting', progress: 0, problem: '', stop: markRaw(new AbortController()) })
  sendNext()
}

export function giveUp(upload: Upload): void {
  upload.stop.abort()
  const at = all.findIndex((one) => one.id === upload.id)
  if (at >= 0) all.splice(at, 1)
}

function sendNext(): void {
  const free = atOnce - all.filter((one) => one.state === 'sending').length
  for (const upload of all.filter((one) => one.state === 'waiting').slice(0, Math.max(0, free))) void send(upload)
}

async function send(upload: Upload): Promise<void> {
  upload.state = 'sending'
  const { id, patientId, kind, takenOn, appointmentId, file, stop } = upload
  try {
    await sendFile({ id, patientId, kind, takenOn, ...(appointmentId && { appointmentId }) }, file, (part) => (upload.progress = part), stop.signal)
    giveUp(upload)
    announce(t('attachments.sent', {}, 1))
  } catch (error) {
    if (!(error instanceof DOMException)) {
      Object.assign(upload, { state: 'failed', problem: problemWords(error) })
      announce(t('attachments.failed', { name: file.name }))
    }
  }
  renew('GET /patients/:id/attachments')
  sendNext()
}

// Nothing of a patient stays in the window of somebody who has left it.
watch(signedIn, (now) => now || [...all].forEach(giveUp))
