import { computed, shallowRef, watchEffect } from 'vue'
import { changed, defaultPreferences, type Density, type Preferences, type PreferencesChange, type TextSize } from '@yoman/domain/preferences/preferences'
import { call } from './api.ts'
import { problemWords } from './problem-words.ts'
import { me, setMyPreferences } from './session.ts'
import { toast } from './ui/toasts.ts'

/*
 * How the screens of whoever sits here look; kept by the server, so that it follows the person to the next computer.
 * A change is seen at once and sent after those before it; one that fails is taken back and said.
 */
const waiting = shallowRef<readonly PreferencesChange[]>([])
let line: Promise<void> = Promise.resolve()

/** Those of whoever has signed in, with what is on its way; before that the program's own. */
export const preferences = computed<Preferences>(() => waiting.value.reduce(changed, me.value ? (me.value.preferences as Preferences) : defaultPreferences)) // readonly all the way down, and never written to

/** Settles when the server has it, or has refused it and the screen says so. */
export function changePreferences(change: PreferencesChange): Promise<void> {
  waiting.value = [...waiting.value, change]
  line = line.then(() => save(change))
  return line
}

async function save(change: PreferencesChange): Promise<void> {
  try {
    setMyPreferences(await call('PATCH /me/preferences', { body: change }))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  } finally {
    waiting.value = waiting.value.filter((one) => one !== change)
  }
}

const minutes: Record<Density, number> = { compact: 1, normal: 1.3, roomy: 1.75 }
const letters: Record<TextSize, number> = { normal: 1, large: 17 / 15, largest: 20 / 15 } // as in tokens.css

/** How much larger than usual the person has their letters. */
export const letterScale = computed(() => letters[preferences.value.textSize])

/** The least height of a minute in a diary's grid, in CSS pixels, by density and size of text. */
export const minutePixels = computed(() => minutes[preferences.value.density] * letterScale.value)

/** Puts the choices on the page, where tokens.css finds them; the last ones are remembered so that a reload does not jump. */
export function startPreferences(): void {
  const root = document.documentElement
  for (const name of ['density', 'textSize'] as const) root.dataset[name] = localStorage.getItem(name) ?? defaultPreferences[name]
  watchEffect(() => {
    if (me.value === null) return
    for (const name of ['density', 'textSize'] as const) localStorage.setItem(name, (root.dataset[name] = preferences.value[name]))
  })
}
