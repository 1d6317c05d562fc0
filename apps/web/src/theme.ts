import { ref, watchEffect } from 'vue'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const stored = localStorage.getItem('theme')

/** A choice of this computer, not of the person: the desk by the window wants light whoever sits at it. */
export const theme = ref<Theme>(themes.find((name) => name === stored) ?? 'system')

export function startTheme(): void {
  watchEffect(() => {
    localStorage.setItem('theme', theme.value)
    if (theme.value === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
  })
}
