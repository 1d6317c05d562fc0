import './style.css'
import '@fontsource-variable/heebo/index.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { queryClient } from './cache.ts'
import { startClock } from './clock.ts'
import { i18nPlugin, setLanguage, storedLanguage } from './i18n.ts'
import { startShell } from './offline/shell.ts'
import { startTitles } from './page-title.ts'
import { paths } from './paths.ts'
import { startPreferences } from './preferences.ts'
import { router } from './router.ts'
import { startSession } from './session.ts'
import { startTheme } from './theme.ts'
import { clearToasts } from './ui/toasts.ts'

startTheme()
startPreferences()
startShell()
startClock()
startSession((signedOut) => {
  queryClient.clear()
  clearToasts()
  // Before the first page is shown its own guard leads to the sign-in, and remembers where it was going.
  const { matched, meta, fullPath } = router.currentRoute.value
  if (matched.length > 0 && !meta.public) void router.replace({ path: paths.signIn, query: signedOut ? {} : { next: fullPath } })
})
await setLanguage(storedLanguage())
startTitles(router)
createApp(App).use(i18nPlugin).use(VueQueryPlugin, { queryClient }).use(router).mount('#app')
