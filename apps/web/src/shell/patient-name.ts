import type { Language } from '../i18n.ts'

interface Named {
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
}

/** The name as it is called out: Hebrew (or as registered), in English the Latin one where there is one. */
export function patientName(person: Named, language: Language): string {
  const latin = `${person.givenNameLatin} ${person.familyNameLatin}`.trim()
  const own = `${person.givenName} ${person.familyName}`.trim()
  return language === 'en' && latin !== '' ? latin : own
}
