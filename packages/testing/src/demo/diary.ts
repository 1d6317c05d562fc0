import { addMinutes, atWallTime, type Instant, isBefore, type PlainDate, plainTime } from '@yoman/domain/time'
import type { DemoClinic, DemoPractitioner, DemoVisitType } from './clinic.ts'
import type { Rows } from './insert.ts'
import type { DemoPatient } from './patients.ts'
import type { Random } from './random.ts'

export interface DemoVisit {
  id: string
  patient: DemoPatient
  practitioner: DemoPractitioner
  branchId: string
  type: DemoVisitType
  start: Instant
  end: Instant
  status: 'booked' | 'confirmed' | 'arrived' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
}

const zone = 'Asia/Jerusalem'
const shifts: [string, number][] = [['08:00', 300], ['14:00', 300]]
const fridayShifts: [string, number][] = [['08:00', 240]]
const deskNotes = ['מבקשים תור מוקדם אם מתפנה', 'מגיעים עם ליווי', 'לתאם מול המעבדה', 'חניה בחניון הסמוך', ''] as const

/** Visits of every working day from 30 days before today to 35 after, none overlapping, with a status that fits the hour. */
export function makeDiary(random: Random, rows: Rows, clinic: DemoClinic, patients: DemoPatient[], now: Instant): DemoVisit[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const visits: DemoVisit[] = []
  for (let offset = -30; offset <= 35; offset++) {
    const date = today.add({ days: offset })
    const seen = new Set<string>() // nobody visits twice on one day in the demo
    for (const practitioner of clinic.practitioners) visits.push(...makeDay(random, clinic, practitioner, patients, date, offset, now, seen))
  }
  for (const visit of visits) addVisit(random, rows, clinic, visit, now)
  return visits
}

function makeDay(random: Random, clinic: DemoClinic, practitioner: DemoPractitioner, patients: DemoPatient[], date: PlainDate, offset: number, now: Instant, seen: Set<string>): DemoVisit[] {
  const branchNumber = practitioner.week.get(date.dayOfWeek)
  const branch = branchNumber === undefined ? undefined : clinic.branches[branchNumber]
  if (!branch) return []
  const types = clinic.visitTypes.filter((type) => type.profession === practitioner.profession)
  const share = offset <= 1 ? 0.86 : Math.max(0.15, 0.7 - offset * 0.016)
  const visits: DemoVisit[] = []
  for (const [opens, minutes] of date.dayOfWeek === 5 ? fridayShifts : shifts) {
    const start = atWallTime(zone, date, plainTime(opens))
    for (let at = 0; at < minutes; ) {
      const type = types[Math.floor(random.next() ** 1.6 * types.length)]
      if (!type || !random.chance(share) || at + type.minutes > minutes) { at += 20; continue }
      const from = addMinutes(start, at)
      const patient = pickPatient(random, patients, seen)
      visits.push({ id: random.id(), patient, practitioner, branchId: branch.id, type, start: from, end: addMinutes(from, type.minutes), status: pickStatus(random, from, addMinutes(from, type.minutes), now) })
      at += type.minutes + (random.chance(0.15) ? 10 : 0)
    }
  }
  return visits
}

/** Early patients of the list come more often, as in life. */
function pickPatient(random: Random, patients: DemoPatient[], seen: Set<string>): DemoPatient {
  for (;;) {
    const patient = patients[Math.floor(random.next() ** 1.4 * patients.length)]
    if (!patient || seen.has(patient.id)) continue
    seen.add(patient.id)
    return patient
  }
}

function pickStatus(random: Random, start: Instant, end: Instant, now: Instant): DemoVisit['status'] {
  const luck = random.next()
  if (isBefore(end, now)) return luck < 0.88 ? 'completed' : luck < 0.94 ? 'cancelled' : 'no_show'
  if (isBefore(start, now)) return luck < 0.95 ? 'in_treatment' : 'arrived'
  if (isBefore(start, addMinutes(now, 25)) && luck < 0.7) return 'arrived'
  return luck < 0.04 ? 'cancelled' : isBefore(start, addMinutes(now, 60 * 20)) && luck < 0.5 ? 'confirmed' : 'booked'
}

function addVisit(random: Random, rows: Rows, clinic: DemoClinic, visit: DemoVisit, now: Instant): void {
  const clinic_id = clinic.clinicId
  const bookedAt = visit.start.subtract({ hours: 24 * random.int(3, 40) + random.int(0, 9) })
  const created = isBefore(bookedAt, now) ? bookedAt : now.subtract({ hours: random.int(1, 200) })
  rows.add('appointment', {
    clinic_id, id: visit.id, branch_id: visit.branchId, patient_id: visit.patient.id, practitioner_id: visit.practitioner.id, visit_type_id: visit.type.id,
    starts_at: visit.start.toString(), ends_at: visit.end.toString(), status: visit.status, desk_note: random.chance(0.12) ? random.pick(deskNotes) : '',
    cancel_reason: visit.status === 'cancelled' ? 'patient' : null, created_by: clinic.receptionistId, created_at: created.toString(),
    version: 1,
  })
  const chair = visit.practitioner.chairs[clinic.branches.findIndex((branch) => branch.id === visit.branchId)]
  for (const resource_id of [visit.practitioner.id, chair])
    if (resource_id) rows.add('allocation', { clinic_id, appointment_id: visit.id, resource_id, starts_at: visit.start.toString(), ends_at: visit.end.toString(), occupies: visit.status !== 'cancelled' })
  for (const [status, at] of history(visit, created))
    rows.add('appointment_status', { clinic_id, id: random.id(), appointment_id: visit.id, status, at: at.toString(), by_staff_id: clinic.receptionistId })
}

function history(visit: DemoVisit, created: Instant): [string, Instant][] {
  const steps: [string, Instant][] = [['booked', created]]
  const came = ['arrived', 'in_treatment', 'completed'].indexOf(visit.status)
  if (visit.status === 'confirmed') steps.push(['confirmed', addMinutes(visit.start, -24 * 60)])
  if (came >= 0) steps.push(['arrived', addMinutes(visit.start, -8)])
  if (came >= 1) steps.push(['in_treatment', addMinutes(visit.start, 2)])
  if (came >= 2) steps.push(['completed', visit.end])
  if (visit.status === 'cancelled') steps.push(['cancelled', addMinutes(created, 60 * 24)])
  if (visit.status === 'no_show') steps.push(['no_show', visit.end])
  return steps
}
