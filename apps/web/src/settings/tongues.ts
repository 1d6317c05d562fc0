import { t } from '../i18n.ts'

/** Languages as choices, named in the language of the screen. */
export const tongues = <T extends 'he' | 'ar' | 'ru' | 'en'>(codes: readonly T[]): { value: T; label: string }[] => codes.map((value) => ({ value, label: t(`patients.language.${value}`) }))
