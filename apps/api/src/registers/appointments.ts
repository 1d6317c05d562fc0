import type { RegisteredVisit as VisitBody } from '@yoman/contract/registers'
import { withoutControls } from '@yoman/documents/bidi'
import { appointmentsSheet, clock, stateText, stepText } from '@yoman/documents/registers/appointments'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { Refusal } from '@yoman/domain/refusal'
import type { RegisteredVisit } from '@yoman/domain/registers/appointments'
import { nameIn } from '@yoman/domain/registers/named'
import { dateIn } from '@yoman/domain/time'
import { allAppointments, appointmentGround, type RegisterRequest } from '@yoman/use-cases/registers/appointments'
import type { RequestContext } from '../http/handler.ts'
import { registerLine, utf8Mark } from './csv.ts'
import { frameOf, readingRegister } from './frame.ts'

/** Longer than that is a spreadsheet's. */
const mostDaysOfPaper = 31

export const presentVisit = ({ patientId, givenName, familyName, givenNameLatin, familyNameLatin, history, ...visit }: RegisteredVisit): VisitBody => ({
  id: visit.id, visitId: visit.visitId, branchId: visit.branchId, startsAt: visit.startsAt.toString(), endsAt: visit.endsAt.toString(), practitioner: visit.practitioner, practitionerEn: visit.practitionerEn,
  status: visit.status, movedTo: visit.movedTo?.toString() ?? null, patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin },
  history: history.map(({ at, by, byPatient, what }) => ({
    at: at.toString(), by, byPatient, status: what.kind === 'status' ? what.status : null, undone: what.kind === 'status' && what.reason === 'undone',
    moved: what.kind === 'moved' ? { from: what.from.toString(), to: what.to.toString() } : null,
  })),
})

/** At most a month; refuses `book_period_invalid` for more. Drawn day by day, with room for other requests between. */
export async function appointmentsPdf(ctx: RequestContext, language: 'he' | 'en', request: RegisterRequest) {
  const ground = await appointmentGround(ctx, request)
  if (request.from.until(request.to).days >= mostDaysOfPaper) throw new Refusal('book_period_invalid')
  readingRegister(ctx, 'appointments', request.from, request.to, request.branchId)
  const visits: RegisteredVisit[] = []
  for await (const page of allAppointments(ctx, request)) visits.push(...page)
  const branches = new Map(ground.branches.map((branch) => [branch.id, branch]))
  return { name: `appointments ${request.from.toString()}.pdf`, body: await drawSheet(appointmentsSheet(frameOf(ctx, ground, language, request.from, request.to), branches, visits)) }
}

const headings = {
  he: ['תאריך', 'שעה', 'סניף', 'מטופל/ת', 'מטפל/ת', 'מצב', 'קורות התור'],
  en: ['Date', 'Hour', 'Branch', 'Patient', 'Practitioner', 'State', 'What happened'],
} as const

/** The register as CSV, as it is read: a year of a large clinic is never in memory at once. */
export async function appointmentsCsv(ctx: RequestContext, language: 'he' | 'en', request: RegisterRequest) {
  const ground = await appointmentGround(ctx, request)
  readingRegister(ctx, 'appointments', request.from, request.to, request.branchId)
  const branches = new Map(ground.branches.map((branch) => [branch.id, branch]))
  return { name: `appointments ${request.from.toString()}.csv`, body: lines(allAppointments(ctx, request)) }

  async function* lines(pages: AsyncIterable<readonly RegisteredVisit[]>): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${utf8Mark}${registerLine(headings[language])}`)
    for await (const visits of pages) yield Buffer.from(visits.map(cells).map(registerLine).join(''))
  }
  function cells(visit: RegisteredVisit): string[] {
    const branch = branches.get(visit.branchId)
    if (!branch) throw new RangeError(`not a branch of the register: ${visit.branchId}`)
    const named = (name: string, nameEn: string): string => (language === 'en' && nameEn !== '' ? nameEn : name)
    return [
      dateIn(branch.zone, visit.startsAt).toString(), clock(branch.zone, visit.startsAt), named(branch.name, branch.nameEn), nameIn(language, visit), named(visit.practitioner, visit.practitionerEn),
      ...[stateText(language, branch.zone, visit), visit.history.map((step) => stepText(language, branch.zone, step)).join('; ')].map(withoutControls),
    ]
  }
}
