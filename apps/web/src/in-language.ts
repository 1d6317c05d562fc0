import { language } from './i18n.ts'

/** A name in the language of the screen: the English one where there is one. */
export const inLanguage = (one: { readonly name: string; readonly nameEn: string }): string => (language.value === 'en' && one.nameEn ? one.nameEn : one.name)
