import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Permission } from '@yoman/domain/access'
import type { Words } from './locales/words.ts'
import { whenReachable } from './offline/reach.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { may, refresh, signedIn } from './session.ts'
import AppFrame from './shell/AppFrame.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the page needs; the server decides, this only spares a look at an empty page. */
    permission?: Permission
    public?: boolean
    /** What the window is called; never a patient's name, which would stay in the browser's history. */
    title?: Words
  }
}

const outside: RouteRecordRaw[] = [
  { path: paths.signIn, component: () => import('./shell/SignInPage.vue'), meta: { public: true, title: 'shell.signIn' } },
  { path: paths.waitingRoom, component: () => import('./waiting-rooms/WaitingRoomPage.vue'), meta: { public: true, title: 'screen.title' } },
  { path: paths.formLink, component: () => import('./forms/FormPage.vue'), meta: { public: true, title: 'forms.page' } },
  { path: paths.setup, component: () => import('./shell/SetupPage.vue'), meta: { public: true, title: 'shell.setupTitle' } },
]
// Only while developing and for the grid's own test: the condition is constant in a build, and what it guards is left out.
if (import.meta.env.DEV || import.meta.env.MODE === 'playground') outside.push({ path: '/playground/grid', component: () => import('./diary/grid/GridPlayground.vue'), meta: { public: true } })

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...outside,
    {
      path: '/',
      component: AppFrame,
      children: [
        // Not a redirect: that would be decided before it is known who sits here.
        { path: '', component: () => import('./shell/NotFoundPage.vue'), beforeEnter: () => firstPage() },
        ...pages,
        { path: ':rest(.*)*', component: () => import('./shell/NotFoundPage.vue'), meta: { title: 'shell.notFound' } },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.public) return true
  if (!signedIn.value && !(await whenReachable(refresh))) return { path: paths.signIn, query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (to.meta.permission && !may(to.meta.permission)) return firstPage()
  return true
})

/** Where a person of these permissions starts the day. */
function firstPage(): string {
  if (may('diary.read')) return paths.diary()
  return may('invoice.read') ? paths.invoices : paths.settings
}
