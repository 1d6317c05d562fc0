/** A patient as lists name them. */
export interface Named {
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
}

/** The name in a register of the given language: the Latin one in English where there is one. */
export function nameIn(language: 'he' | 'en', { givenName, familyName, givenNameLatin, familyNameLatin }: Named): string {
  const [own, latin] = [`${givenName} ${familyName}`.trim(), `${givenNameLatin} ${familyNameLatin}`.trim()]
  return language === 'en' && latin !== '' ? latin : own || latin
}
