import type { RouteRecordRaw } from 'vue-router'

/** The pages inside the frame. A new noun adds its lines here, its address in paths.ts and, if it has one, its entry in shell/navigation.ts. */
export const pages: RouteRecordRaw[] = [
  { path: 'diary/:date(\\d{4}-\\d{2}-\\d{2})?', name: 'diary', component: () => import('./diary/DiaryPage.vue'), meta: { permission: 'diary.read' } },
]
