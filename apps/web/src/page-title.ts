import { computed, watchEffect } from 'vue'
import type { Router } from 'vue-router'
import { t } from './i18n.ts'
import { inLanguage } from './in-language.ts'
import { me } from './session.ts'

/** Names the window after its page and the clinic, in the language of the screen, from now on. */
export function startTitles(router: Router): void {
  const page = computed(() => router.currentRoute.value.meta.title)
  watchEffect(() => {
    const house = me.value ? inLanguage(me.value.clinic) : t('shell.product')
    document.title = page.value ? `${t(page.value)} · ${house}` : house
  })
}
