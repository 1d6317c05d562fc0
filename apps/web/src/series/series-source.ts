import type { DiaryVisit } from '@yoman/contract/diary'
import type { Inputs } from '@yoman/contract/routes'
import type { Series } from '@yoman/contract/series'
import { call } from '../api.ts'
import { nameOf } from '../diary/grid-data.ts'
import type { TypedSeries } from './typed-series.ts'

/** What a series begins with: a visit that stands, or a first one that is booked together with the others. */
export interface SeriesSource {
  /** Tells one source from another. */
  key: string
  name: string
  visitTypeId: string
  practitionerId: string
  startsAt: string
  /** How it was wished already. */
  wished: TypedSeries | null
  /** Whether the first is booked with the others. */
  withFirst: boolean
  preview: Pick<Inputs['POST /series-previews']['body'], 'appointmentId' | 'first'>
  /** Books all of them, or none. Throws `ApiProblem`. */
  book: (body: Pick<Inputs['POST /series']['body'], 'id' | 'rule' | 'visits'>) => Promise<Series>
}

/** A series after a visit that stands. */
export const sourceOfVisit = (visit: DiaryVisit): SeriesSource => ({
  key: visit.id,
  name: nameOf(visit.patient),
  visitTypeId: visit.visitTypeId,
  practitionerId: visit.practitionerId,
  startsAt: visit.startsAt,
  wished: null,
  withFirst: false,
  preview: { appointmentId: visit.id },
  book: (body) => call('POST /series', { body: { ...body, appointmentId: visit.id } }),
})
