import { language } from '../i18n.ts'

/** As who reads can read it: in Latin letters where it has such a name and the screen is English. */
export const organisationName = ({ name, nameLatin }: { name: string; nameLatin: string }): string => (language.value === 'en' && nameLatin !== '' ? nameLatin : name)
