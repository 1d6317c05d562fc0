import type { Organisation } from '@yoman/contract/organisations'
import { t } from '../i18n.ts'
import { organisationName } from './organisation-name.ts'

/** The choice of the patient, whose own id the list of organisations cannot hold. */
export const patientPays = 'patient'

/** The patient, the organisations in use, and the one that was chosen, in use or not. */
export const payerOptions = (organisations: readonly Organisation[], chosen: string | null): { value: string; label: string }[] => [
  { value: patientPays, label: t('organisations.patientPays') },
  ...organisations.filter(({ id, active }) => active || id === chosen).map((one) => ({ value: one.id, label: organisationName(one) })),
]
