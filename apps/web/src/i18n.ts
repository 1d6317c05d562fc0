import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import he from './locales/he.ts'
import type { Messages, Words } from './locales/words.ts'

export type Language = 'he' | 'en'
export const languages: readonly Language[] = ['he', 'en']

/** Hebrew: one, two, many; `{n}` is filled by the caller's number. Forms in a message: `one | two | many`, or `none | one | two | many`. */
const hebrewPlural = (n: number, forms: number): number => {
  const form = n === 1 ? 0 : n === 2 ? 1 : 2
  return forms > 3 ? (n === 0 ? 0 : form + 1) : Math.min(form, forms - 1)
}

const i18n = createI18n({ legacy: false, locale: 'he', fallbackLocale: 'he', messages: { he } as Record<Language, Messages>, pluralRules: { he: hebrewPlural } }) // en joins when it is first asked for

/** Loads what is missing, then turns words, direction and `lang` at once, without a reload. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./locales/en.ts')).default)
  }
  i18n.global.locale.value = language
  localStorage.setItem('language', language)
  document.documentElement.lang = language
  document.documentElement.dir = language === 'he' ? 'rtl' : 'ltr'
  document.querySelector('link[rel=manifest]')?.setAttribute('href', `/${language}.webmanifest`)
}

export const storedLanguage = (): Language => (localStorage.getItem('language') === 'en' ? 'en' : 'he')
export const language = computed<Language>(() => (i18n.global.locale.value === 'en' ? 'en' : 'he'))
export const isRtl = computed(() => language.value === 'he')

type Params = Record<string, string | number | boolean>

/** The words for a key in the language of the screen; reactive in templates. `plural` picks the form and fills `{n}`. */
export const t = (key: Words, params?: Params, plural?: number): string => {
  if (plural !== undefined) return i18n.global.t(key, { n: plural, ...(params && isolated(params)) }, plural)
  return params === undefined ? plain(key) : i18n.global.t(key, isolated(params))
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}]/u
const leftToRight = /[\p{Script=Latin}\p{Script=Cyrillic}]/u

/** What is written in both directions, as a name of two languages, is kept together: the sentence around it would tear it apart. */
const isolated = (params: Params): Params => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' && rightToLeft.test(value) && leftToRight.test(value) ? `\u2068${value}\u2069` : value]))

const known: Record<Language, Map<Words, string>> = { he: new Map(), en: new Map() }

/** Words without anything to fill in never change, and the same few stand on hundreds of cards: they are looked up once. */
function plain(key: Words): string {
  const words = known[language.value]
  const found = words.get(key) ?? i18n.global.t(key)
  words.set(key, found)
  return found
}

export const hasWords = (key: string): key is Words => i18n.global.te(key)
export const i18nPlugin = i18n
