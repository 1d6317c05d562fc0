import type { Place, Sealer, Vault } from '@yoman/db/keys/vault'
import type { Identifier, PatientDetails } from '@yoman/domain/patients/details'

export const alertsPlace = (rowId: string): Place => ({ table: 'patient', column: 'alerts_sealed', rowId })
export const identifierPlace = (rowId: string): Place => ({ table: 'patient', column: 'identifier_sealed', rowId })

/** The columns of `patient` that hold the details, the secret ones sealed for this row. */
export function patientColumns(vault: Vault, sealer: Sealer, clinicId: string, id: string, details: PatientDetails) {
  const { identifier } = details
  return {
    given_name: details.givenName,
    family_name: details.familyName,
    given_name_latin: details.givenNameLatin,
    family_name_latin: details.familyNameLatin,
    identifier_kind: identifier?.kind ?? null,
    identifier_country: identifier?.country ?? null,
    identifier_sealed: identifier && sealer.seal(identifierPlace(id), identifier.value),
    identifier_index: identifier && identifierIndex(vault, clinicId, identifier),
    birth_date: details.birthDate,
    sex: details.sex,
    email: details.email,
    street: details.address.street,
    city: details.address.city,
    postal_code: details.address.postalCode,
    health_fund: details.healthFund,
    language: details.language,
    alerts_sealed: details.alerts === '' ? null : sealer.seal(alertsPlace(id), details.alerts),
    desk_note: details.deskNote,
    referral_source: details.referralSource,
    active: details.active,
  }
}

/** What makes a person's identifier one in the clinic; passports of two countries may have one number. */
export const identifierIndex = (vault: Vault, clinicId: string, { kind, country, value }: Identifier): Buffer =>
  vault.blindIndex(clinicId, kind, country ? `${country}:${value}` : value)
