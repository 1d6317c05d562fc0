import type { Sealer } from '@yoman/db/keys/vault'
import type { PatientPhoneRow, PatientRow } from '@yoman/db/patients/queries'
import type { SummaryRow } from '@yoman/db/patients/summaries'
import { may } from '@yoman/domain/access'
import { missingOf } from '@yoman/domain/patients/missing'
import { masked } from '@yoman/domain/patients/masked'
import { isMobile } from '@yoman/domain/people/phone'
import type { Context } from '../context.ts'
import { alertsPlace, identifierPlace } from './sealed.ts'

/** A patient as the asking person may see it: the words of alerts only with `note.read`, the identifier without its beginning. */
export function patientView(ctx: Context, sealer: Sealer, row: PatientRow, phones: readonly PatientPhoneRow[]) {
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    givenNameLatin: row.given_name_latin,
    familyNameLatin: row.family_name_latin,
    identifier:
      row.identifier_kind && row.identifier_sealed
        ? { kind: row.identifier_kind, country: row.identifier_country, masked: masked(sealer.open(identifierPlace(row.id), row.identifier_sealed)) }
        : null,
    birthDate: row.birth_date?.toString() ?? null,
    sex: row.sex,
    phones: phones.map(({ number, label }) => ({ number, label, mobile: isMobile(number) })),
    email: row.email,
    address: { street: row.street, city: row.city, postalCode: row.postal_code },
    healthFund: row.health_fund,
    language: row.language,
    missing: missingOf({ familyName: row.family_name, birthDate: row.birth_date, identifier: row.identifier_kind, phones }),
    hasAlerts: row.alerts_sealed !== null,
    alerts: may(ctx.actor, 'note.read') ? openAlerts(sealer, row) : null,
    deskNote: row.desk_note,
    referralSource: row.referral_source,
    active: row.active,
    createdAt: row.created_at.toString(),
    version: row.version,
  }
}

export type PatientView = ReturnType<typeof patientView>

/** The clinical words; empty where there are none. */
export const openAlerts = (sealer: Sealer, row: Pick<PatientRow, 'id' | 'alerts_sealed'>): string =>
  row.alerts_sealed ? sealer.open(alertsPlace(row.id), row.alerts_sealed) : ''

/** One line of a search or a list. Who may not see the diary is not told of visits. */
export function summaryView(ctx: Context, sealer: Sealer, row: SummaryRow) {
  const visits = may(ctx.actor, 'diary.read')
  return {
    id: row.id,
    ...namesView(row),
    phones: row.phones,
    birthDate: row.birth_date?.toString() ?? null,
    identifierMasked: row.identifier_sealed ? masked(sealer.open(identifierPlace(row.id), row.identifier_sealed)) : null,
    hasAlerts: row.has_alerts,
    active: row.active,
    lastVisit: visits ? (row.last_visit?.toString() ?? null) : null,
    nextVisit: visits ? (row.next_visit?.toString() ?? null) : null,
  }
}

export const namesView = (row: Pick<PatientRow, 'given_name' | 'family_name' | 'given_name_latin' | 'family_name_latin'>) => ({
  givenName: row.given_name,
  familyName: row.family_name,
  givenNameLatin: row.given_name_latin,
  familyNameLatin: row.family_name_latin,
})
