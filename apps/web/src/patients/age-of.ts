import { plainDate } from '@yoman/domain/time'
import { businessNow } from '../clock.ts'

/** Whole years since an ISO birth date. */
export const ageOf = (birthDate: string): number => plainDate(birthDate).until(businessNow().toZonedDateTimeISO('UTC').toPlainDate(), { largestUnit: 'years' }).years
