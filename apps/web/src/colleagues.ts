import { shallowRef } from 'vue'
import { language } from './i18n.ts'

const english = shallowRef<ReadonlyMap<string, string>>(new Map())

/** Told by the frame whenever the clinic's settings come: who has a name in English. */
export function knowColleagues(colleagues: readonly { name: string; nameEn: string }[]): void {
  english.value = new Map(colleagues.map(({ name, nameEn }) => [name, nameEn]))
}

/** The name of somebody of the staff, as a row tells it, in the language of the screen; empty for nobody. */
export const colleague = (name: string | null | undefined): string => (language.value === 'en' ? english.value.get(name ?? '') : undefined) ?? name ?? ''
