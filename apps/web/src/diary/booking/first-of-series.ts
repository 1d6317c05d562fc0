import type { SeriesSource } from '../../series/series-source.ts'
import type { TypedSeries } from '../../series/typed-series.ts'
import { call } from '../../api.ts'
import { language } from '../../i18n.ts'
import { patientName } from '../../shell/patient-name.ts'
import { type Anyway, type Booking, bodyOfBooking, type For, patientOf, renewBooked } from '../send-booking.ts'

/** A booking as the first of a series: nothing is booked, and nobody put in the record, before all of its dates are confirmed. */
export function firstOfSeries(form: Booking, given: Omit<For, 'holdId'>, wished: TypedSeries, anyway: Anyway, takeHold: () => Promise<string | undefined>): SeriesSource {
  const { patient, fresh } = given
  const { id, patientId: _, deskNote: __, entryId: ___, overbook: ____, ...place } = bodyOfBooking(form, '', given, anyway)
  return {
    key: id,
    name: patient ? patientName(patient, language.value) : `${fresh?.givenName ?? ''} ${fresh?.familyName ?? ''}`.trim(),
    visitTypeId: place.visitTypeId,
    practitionerId: place.practitionerId,
    startsAt: place.startsAt,
    wished,
    withFirst: true,
    preview: { first: { ...place, ...(patient ? { patientId: patient.id } : {}) } },
    async book(body) {
      const first = bodyOfBooking(form, await patientOf(given, anyway), { ...given, holdId: await takeHold() }, anyway)
      const series = await call('POST /series', { body: { ...body, appointmentId: first.id, first } })
      renewBooked()
      return series
    },
  }
}
