import type { Status } from '@yoman/domain/appointments/appointment'
import type { RegisteredVisit, VisitStep } from '@yoman/domain/registers/appointments'
import { nameIn } from '@yoman/domain/registers/named'
import { dateIn, type Instant, timeIn } from '@yoman/domain/time'
import { isolated, leftToRight } from '../bidi.ts'
import { dayFirst, fill } from '../format.ts'
import type { Part, Sheet } from '../sheets/model.ts'
import { natures, type RegisterFrame, registerSheet } from './frame.ts'

interface Words {
  columns: string[]
  status: Record<Status, string>
  movedAway: string
  moved: string
  undone: string
  reason: Partial<Record<string, string>>
  byPatient: string
  bySystem: string
  none: string
  branch: string
  visits: string
}

export const appointmentWords: Record<'he' | 'en', Words> = {
  he: {
    columns: ['שעה', 'מטופל/ת', 'מטפל/ת', 'מצב', 'קורות התור'], status: { held: 'מוחזק', booked: 'נקבע', confirmed: 'אושר', arrived: 'הגיע/ה', called: 'נקרא/ה', in_treatment: 'בטיפול', completed: 'הסתיים', cancelled: 'בוטל', no_show: 'לא הגיע/ה' },
    movedAway: 'הועבר אל {to}', moved: 'הועבר מ-{from} אל {to}', undone: 'הוחזר: {status}', reason: { patient: 'לבקשת המטופל/ת', clinic: 'מטעם המרפאה', moved: 'הועבר', other: 'סיבה אחרת' }, byPatient: 'המטופל/ת', bySystem: 'המערכת', none: 'אין תורים בתקופה.', branch: 'סניף', visits: 'רישומים: {count}',
  },
  en: {
    columns: ['Hour', 'Patient', 'Practitioner', 'State', 'What happened'], status: { held: 'held', booked: 'booked', confirmed: 'confirmed', arrived: 'arrived', called: 'called in', in_treatment: 'in treatment', completed: 'completed', cancelled: 'cancelled', no_show: 'did not come' },
    movedAway: 'moved to {to}', moved: 'moved from {from} to {to}', undone: 'taken back: {status}', reason: { patient: 'by the patient', clinic: 'by the clinic', moved: 'moved', other: 'another reason' }, byPatient: 'the patient', bySystem: 'the system', none: 'There are no appointments in the period.', branch: 'Branch', visits: 'Lines: {count}',
  },
}

type Language = 'he' | 'en'
type Zones = ReadonlyMap<string, { name: string; nameEn: string; zone: string }>
const moment = (zone: string, at: Instant): string => `${leftToRight(dayFirst(dateIn(zone, at)))} ${leftToRight(clock(zone, at))}`
export const clock = (zone: string, at: Instant): string => timeIn(zone, at).toString().slice(0, 5)

/** Where the visit stands, or where it went. */
export const stateText = (language: Language, zone: string, { status, movedTo }: RegisteredVisit): string =>
  movedTo === null ? appointmentWords[language].status[status] : fill(appointmentWords[language].movedAway, { to: moment(zone, movedTo) })

/** One thing that happened, when and by whom. */
export function stepText(language: Language, zone: string, { at, by, byPatient, what }: VisitStep): string {
  const words = appointmentWords[language]
  const who = by !== '' ? isolated(by) : byPatient ? words.byPatient : words.bySystem
  if (what.kind === 'moved') return `${moment(zone, at)}: ${fill(words.moved, { from: moment(zone, what.from), to: moment(zone, what.to) })} (${who})`
  const status = words.status[what.status]
  const reason = what.status === 'cancelled' ? words.reason[what.reason] : undefined
  return `${moment(zone, at)}: ${what.reason === 'undone' ? fill(words.undone, { status }) : status}${reason ? `, ${reason}` : ''} (${who})`
}

/** The register on paper, a table for each day. */
export function appointmentsSheet(frame: RegisterFrame, branches: Zones, visits: readonly RegisteredVisit[]): Sheet {
  const { language } = frame
  const words = appointmentWords[language]
  const shares = [0.09, 0.2, 0.17, 0.16, 0.38]
  const columns = words.columns.map((title, at) => ({ title, share: shares[at] ?? 0, align: 'start' as const }))
  const named = (one: { name: string; nameEn: string }): string => (language === 'en' && one.nameEn !== '' ? one.nameEn : one.name)
  const days = new Map<string, string[][]>()
  for (const visit of visits) {
    const branch = branches.get(visit.branchId)
    if (!branch) throw new RangeError(`not a branch of the register: ${visit.branchId}`)
    const day = leftToRight(dayFirst(dateIn(branch.zone, visit.startsAt)))
    const row = [leftToRight(clock(branch.zone, visit.startsAt)), isolated(nameIn(language, visit)), isolated(named({ name: visit.practitioner, nameEn: visit.practitionerEn })), stateText(language, branch.zone, visit), visit.history.map((step) => stepText(language, branch.zone, step)).join('\n')]
    days.set(day, [...(days.get(day) ?? []), row])
  }
  const parts = [...days].flatMap(([day, rows]): Part[] => [{ kind: 'heading', text: day }, { kind: 'table', small: true, columns, rows }])
  return registerSheet({ ...frame, about: [{ label: words.branch, value: [...branches.values()].map(named).join(', ') }] }, natures[language].appointments, [
    ...(parts.length > 0 ? parts : [{ kind: 'text', text: words.none } as const]), { kind: 'text', text: fill(words.visits, { count: leftToRight(String(visits.length)) }) },
  ])
}
