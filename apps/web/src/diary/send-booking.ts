import type { Appointment } from '@yoman/contract/appointments'
import type { PatientSummary } from '@yoman/contract/patient-parts'
import type { Inputs } from '@yoman/contract/routes'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'
import { instantOf, minuteOfTime } from './day-minutes.ts'
import type { NewPatient } from './new-booking.ts'
import { ownIds } from './visit-writes.ts'

export interface Booking {
  id: string
  visitTypeId: string | null
  practitionerId: string | null
  placeId: string | null
  /** Who and what else was chosen for the further needs of the visit; those not named are chosen by the server. */
  alsoIds: string[]
  date: string | null
  /** `HH:mm` on the branch's wall. */
  time: string | null
  /** Minutes; null leaves it to the visit type. */
  length: number | null
  note: string
  /** The entry of the waitlist that it settles. */
  entryId: string | null
}

/** What the person wants in spite of a refusal. */
export interface Anyway {
  known?: boolean
  outside?: boolean
  overbook?: { reason: string; places: boolean }
}

/** For whom and where it is. */
export interface For {
  patient: PatientSummary | null
  fresh: NewPatient | null
  branchId: string
  zone: string
  /** My hold of the place, which the booking takes over. */
  holdId?: string | undefined
}

/** Registers the new patient, if it is one, and books. Throws `ApiProblem`; sending the same form again is safe. */
export async function sendBooking(form: Booking, given: For, anyway: Anyway): Promise<Appointment> {
  const { patient, fresh } = given
  const booked = await call('POST /appointments', { body: bodyOfBooking(form, await patientOf(given, anyway), given, anyway) })
  ownIds.set(booked.id, booked.version)
  renewBooked()
  const name = patient ? `${patient.givenName} ${patient.familyName}` : `${fresh?.givenName ?? ''} ${fresh?.familyName ?? ''}`
  toast(t('diary.booked', { name: name.trim() }), { undo: () => void takeBack(booked.id) })
  return booked
}

/** Who comes: somebody of the record, or put there now. Throws `ApiProblem`. */
export const patientOf = async ({ patient, fresh }: Pick<For, 'patient' | 'fresh'>, anyway: Anyway): Promise<string> => patient?.id ?? (await register(fresh, anyway.known ?? false))

export const renewBooked = (): void => renew('GET /diary', 'GET /patients/:id', 'GET /waitlist', 'GET /waitlist-offers')

/** The form as the server takes it. */
export function bodyOfBooking(form: Booking, patientId: string, { branchId, zone, holdId }: Pick<For, 'branchId' | 'zone' | 'holdId'>, anyway: Anyway): Inputs['POST /appointments']['body'] {
  const { visitTypeId, practitionerId, date, time } = form
  if (!visitTypeId || !practitionerId || !date || !time) throw new Error('the form is not complete') // its button is off until then
  return {
    id: form.id,
    patientId,
    branchId,
    practitionerId,
    visitTypeId,
    startsAt: instantOf(minuteOfTime(time), zone, date),
    ...(form.length === null ? {} : { durationMinutes: form.length }),
    ...(form.placeId === null ? {} : { placeId: form.placeId }),
    ...(form.alsoIds.length === 0 ? {} : { alsoIds: form.alsoIds }),
    ...(form.note.trim() === '' ? {} : { deskNote: form.note.trim() }),
    ...(form.entryId === null ? {} : { entryId: form.entryId }),
    ...(holdId === undefined ? {} : { holdId }),
    ...(anyway.outside ? { outsideHours: true } : {}),
    ...(anyway.overbook ? { overbook: anyway.overbook } : {}),
  }
}

/** Opens the record of a new patient; sending it again is safe. Throws `ApiProblem`. */
export async function register(fresh: NewPatient | null, evenIfKnown: boolean): Promise<string> {
  if (!fresh) throw new Error('the form has no patient') // its button is off until then
  const phone = fresh.phone.trim()
  await call('POST /patients', {
    body: {
      id: fresh.id,
      givenName: fresh.givenName.trim(),
      familyName: fresh.familyName.trim(),
      phones: phone === '' ? [] : [{ number: phone }],
      ...(fresh.agrees ? { agreesToMessages: true } : {}),
      ...(evenIfKnown ? { evenIfKnown: true } : {}),
    },
  })
  return fresh.id
}

async function takeBack(id: string): Promise<void> {
  try {
    await call('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'other', takesBack: true } })
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renew('GET /diary', 'GET /waitlist')
}
