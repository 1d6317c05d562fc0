import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { AttachmentKind } from '@yoman/domain/attachments/kind'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { Instant, PlainDate } from '@yoman/domain/time'
import { changeAttachment } from '@yoman/use-cases/attachments/change'
import type { FilingContext } from '@yoman/use-cases/attachments/context'
import { fileAttachment } from '@yoman/use-cases/attachments/file'
import { samplePdf } from '../sample-files.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Random } from './random.ts'
import { drawXRay } from './x-ray.ts'

interface Sheet {
  kind: AttachmentKind
  name: string
  daysAgo: number
  teeth?: string[]
  bytes: () => Buffer
}

const mostVisits = 12

/** X-rays and papers of those who come today, so that a newcomer opens the room and sees pictures. */
export async function fileSamples(random: Random, { pool, vault, files }: { pool: Pool; vault: Vault; files: FileStore }, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): Promise<void> {
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  const [panorama, left, right] = [drawXRay(1_400, 700, 3), drawXRay(800, 600, 1), drawXRay(800, 600, 5)]
  const sheets: Sheet[] = [
    { kind: 'x_ray', name: 'צילום פנורמי.png', daysAgo: 240, bytes: () => Buffer.from(panorama) },
    { kind: 'x_ray', name: 'צילום נשך ימין.png', daysAgo: 35, teeth: ['16', '46'], bytes: () => Buffer.from(left) },
    { kind: 'x_ray', name: 'צילום נשך לפני שנה.png', daysAgo: 380, teeth: ['16', '46'], bytes: () => Buffer.from(right) },
    { kind: 'referral', name: 'הפניה לאורתודונט.pdf', daysAgo: 35, bytes: () => samplePdf(['REFERRAL', '', 'To: Orthodontist', 'Please see for crowding of the lower front teeth.', 'Panoramic X-ray is enclosed.'], 2) },
    { kind: 'administrative', name: 'התחייבות קופת חולים.pdf', daysAgo: 12, bytes: () => samplePdf(['HEALTH FUND COMMITMENT', '', 'Form 17, valid for six months.']) },
  ]
  const ofToday = visits.filter(({ start, status }) => status !== 'cancelled' && start.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().equals(today))
  const first = clinic.practitioners[0]
  const chosen = [...ofToday.filter(({ practitioner }) => practitioner === first), ...ofToday.filter(({ practitioner }) => practitioner !== first)].slice(0, mostVisits)
  for (const [index, { patient, practitioner }] of chosen.entries()) {
    const ctx = filingContextOf({ pool, vault, files }, clinic, practitioner.staffId, now)
    for (const sheet of sheets.slice(0, 5 - (index * 2) % 4)) await fileOne(ctx, random.id(), patient.id, sheet, today.subtract({ days: sheet.daysAgo }))
  }
}

export interface FilingServices {
  pool: Pool
  vault: Vault
  files: FileStore
}

export const filingContextOf = (services: FilingServices, clinic: DemoClinic, staffId: string, now: Instant): FilingContext => ({
  ...services,
  clinicId: clinic.clinicId,
  now,
  actor: { kind: 'staff', staffId, roles: ['doctor'], branchIds: [] },
  requestId: null,
  sessionId: null,
  ip: null,
  attachmentLimits: { mostBytes: 26_214_400, perPatient: 1_000 },
})

async function fileOne(ctx: FilingContext, id: string, patientId: string, { kind, name, teeth, bytes }: Sheet, takenOn: PlainDate): Promise<void> {
  await fileAttachment(ctx, { id, patientId, kind, takenOn, appointmentId: null, fileName: name, bytes: bytes() })
  if (teeth) await changeAttachment(ctx, id, { version: 1, teeth })
}
