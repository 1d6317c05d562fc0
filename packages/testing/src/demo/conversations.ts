import { v7 as uuid } from 'uuid'
import type { Instant } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'

interface Line {
  /** Minutes before the demo begins. */
  ago: number
  ours?: true
  words: string
  understood?: 'confirm' | 'move' | 'unknown'
}

interface Talk {
  status: 'open' | 'answered' | 'closed'
  unread: number
  lines: Line[]
}

const talks: Talk[] = [
  { status: 'open', unread: 2, lines: [{ ago: 55, words: 'בוקר טוב, יש חניה ליד המרפאה?' }, { ago: 52, words: 'ואפשר להגיע עם עגלה?' }] },
  { status: 'open', unread: 1, lines: [{ ago: 35, words: 'לדחות', understood: 'move' }] },
  { status: 'answered', unread: 0, lines: [{ ago: 200, words: 'צריך להגיע בצום?' }, { ago: 190, ours: true, words: 'לא צריך צום. נתראה!' }] },
  { status: 'closed', unread: 0, lines: [{ ago: 1_500, words: '1', understood: 'confirm' }] },
]

/** What patients wrote this morning and what the desk answered: two wait to be read. */
export function makeConversations(rows: Rows, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): void {
  const told = [...new Map(visits.filter(({ status, patient }) => status === 'completed' && patient.language === 'he').map((visit) => [visit.patient.phone, visit])).values()]
  talks.forEach((talk, index) => {
    const visit = told[index]
    if (visit) addTalk(rows, clinic, visit, talk, now)
  })
}

function addTalk(rows: Rows, { clinicId }: DemoClinic, { patient }: DemoVisit, { status, unread, lines }: Talk, now: Instant): void {
  const at = ({ ago }: Line): string => now.subtract({ minutes: ago }).toString()
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last) return
  rows.add('conversation', { clinic_id: clinicId, id: uuid(), number: patient.phone, patient_id: patient.id, status, unread, last_at: at(last), version: 1, created_at: at(first) })
  for (const line of lines) {
    const id = uuid()
    if (line.ours) {
      rows.add('message', {
        clinic_id: clinicId, id, kind: 'reply', channel: 'sms', patient_id: patient.id, dedupe_key: `demo-reply-${id}`, language: 'he', to_address: patient.phone, subject: '', body: line.words, state: 'delivered',
        not_before: at(line), attempt: 1, first_tried_at: at(line), sent_at: at(line), settled_at: at(line), created_at: at(line),
      })
    } else rows.add('inbound_message', { clinic_id: clinicId, id, provider_id: `demo-${id}`, from_number: patient.phone, body: line.words, patient_id: patient.id, understood_as: line.understood ?? 'unknown', received_at: at(line) })
  }
}
