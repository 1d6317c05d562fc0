import type { Resource } from './resource-groups.ts'

/** The choice that stands for a practitioner who does not sign in. */
export const nobody = 'nobody'

export type Profession = 'doctor' | 'hygienist' | 'assistant'
export interface PractitionerForm {
  staffId: string | null
  profession: Profession | null
  title: string
  speciality: string
  licenceNumber: string
}

export const practitionerForm = (of: Resource['practitioner']): PractitionerForm => ({
  staffId: of?.staffId ?? nobody,
  profession: of?.profession ?? 'doctor',
  title: of?.title ?? '',
  speciality: of?.speciality ?? '',
  licenceNumber: of?.licenceNumber ?? '',
})

export const practitionerBody = ({ staffId, profession, title, speciality, licenceNumber }: PractitionerForm) => ({
  staffId: staffId === nobody ? null : staffId,
  profession: profession ?? ('doctor' as const),
  title: title.trim(),
  speciality: speciality.trim(),
  licenceNumber: licenceNumber.trim(),
})
