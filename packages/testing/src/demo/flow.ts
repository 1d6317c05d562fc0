import { type Instant, dateIn } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { Random } from './random.ts'

const zone = 'Asia/Jerusalem'

/** What the desk has going on today: the numbers of those who came, some promises with a time, a note from the shift before. */
export function makeFlow(random: Random, rows: Rows, clinic: DemoClinic, visits: DemoVisit[], now: Instant): void {
  const today = dateIn(zone, now)
  for (const branch of clinic.branches) {
    const came = visits.filter((visit) => visit.branchId === branch.id && ['arrived', 'in_treatment', 'completed'].includes(visit.status) && dateIn(zone, visit.start).equals(today))
    const row = { clinic_id: clinic.clinicId, branch_id: branch.id, on_date: today.toString() }
    if (came.length > 0) rows.add('ticket_counter', { ...row, last_number: came.length })
    for (const [index, visit] of came.entries()) rows.add('ticket', { ...row, appointment_id: visit.id, number: index + 1 })
  }
  const [branch] = clinic.branches
  if (!branch) return
  const common = { clinic_id: clinic.clinicId, branch_id: branch.id }
  const people = visits.filter((visit) => visit.branchId === branch.id).slice(-3)
  for (const [index, [words, hours, role]] of promises.entries())
    rows.add('task', {
      ...common, id: random.id(), patient_id: people[index]?.patient.id ?? null, words, due_at: now.add({ hours }).toString(), assignee_role: role,
      created_by: clinic.receptionistId, created_at: now.subtract({ hours: 20 }).toString(),
    })
  rows.add('shift_note', { ...common, id: random.id(), words: 'המדפסת בקבלה תוקנה. המפתח של ארון הציוד אצל דפנה.', written_by: clinic.receptionistId, written_at: now.subtract({ hours: 15 }).toString() })
}

const promises = [
  ['להתקשר עם תשובה מהמעבדה', 6, 'receptionist'],
  ['לברר אם התקבל טופס 17', 26, 'receptionist'],
  ['לשלוח את הצילום לרופא המפנה', 30, 'assistant'],
] as const
