import type { Page } from 'playwright-core'
import { diaryDialogs, press } from './dialogs.ts'
import { recordScreens } from './record.ts'

/** One screen of the product: who sees it, where it is, what stands there when it has come, and what opens over it. */
export interface Screen {
  who: 'owner' | 'doctor'
  name: string
  path: string
  ready: string
  open?: (page: Page) => Promise<void>
}

const parts = ['clinic', 'branches', 'staff', 'resources', 'dates', 'waiting-room', 'visit-types', 'tags', 'fields', 'forms', 'note-texts', 'prices', 'price-lists', 'organisations', 'discounts', 'reminders', 'texts', 'debts', 'payment-links', 'tax-authority', 'letters', 'overbookings', 'audit', 'data']

/** Every screen, for the test that looks for barriers and the script that takes pictures. A new page adds its line here. */
export const screens: readonly Screen[] = [
  { who: 'owner', name: 'diary', path: '/diary', ready: '[data-event]' },
  { who: 'owner', name: 'diary-week', path: '/diary?view=week', ready: '[data-event]' },
  { who: 'owner', name: 'diary-rooms', path: '/diary?columns=rooms', ready: '[data-event]' },
  { who: 'owner', name: 'diary-month', path: '/diary?view=month', ready: 'main [data-date]' },
  { who: 'owner', name: 'diary-list', path: '/diary?view=list', ready: 'main section table' },
  ...diaryDialogs,
  { who: 'owner', name: 'patients', path: '/patients', ready: 'tbody tr' },
  { who: 'owner', name: 'new-patient', path: '/patients', ready: 'tbody tr', open: press(/^(מטופל\/ת חדש\/ה|New patient)$/) },
  { who: 'owner', name: 'patient', path: '/patients', ready: 'tbody tr', open: openPatient },
  { who: 'owner', name: 'merges', path: '/patients/merges', ready: 'main li' },
  { who: 'owner', name: 'merge', path: '/patients/merges', ready: 'main li', open: lookAtMerge },
  { who: 'owner', name: 'coming-of-age', path: '/patients/coming-of-age', ready: 'main li' },
  { who: 'owner', name: 'orders', path: '/orders', ready: 'article' },
  {
    who: 'owner', name: 'chain', path: '/orders', ready: 'article',
    async open(page) {
      await page.locator('article button').first().click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
  },
  { who: 'owner', name: 'books', path: '/books', ready: 'main form' },
  {
    who: 'owner', name: 'books-sync', path: '/books', ready: 'main form',
    async open(page) {
      await page.getByRole('tab', { name: /^(סנכרון להנהלת חשבונות|Sync with accounting)$/ }).click()
      await page.locator('form:is([aria-label=חיבור], [aria-label=Connect])').waitFor()
    },
  },
  { who: 'owner', name: 'reports', path: '/reports', ready: 'main tbody tr' },
  { who: 'owner', name: 'shares', path: '/reports/shares', ready: 'main table' },
  { who: 'owner', name: 'months', path: '/reports/months', ready: 'main table' },
  { who: 'owner', name: 'report-practitioners', path: '/reports?group=practitioner&view=cash&compare=previous', ready: 'main tbody tr' },
  { who: 'owner', name: 'report-items', path: '/reports', ready: 'main tbody tr', open: press(/^(פירוט: |Details: )/) },
  { who: 'owner', name: 'registers', path: '/registers', ready: 'main table' },
  { who: 'owner', name: 'register-discounts', path: '/registers', ready: 'main table', open: press(/^(הנחות|Discounts)$/, 'section:is([aria-label=הנחות], [aria-label=Discounts]) tfoot') },
  { who: 'owner', name: 'register-write-offs', path: '/registers', ready: 'main table', open: press(/^(חובות שנמחקו|Written-off debts)$/, 'section:is([aria-label="חובות שנמחקו"], [aria-label="Written-off debts"]) tfoot') },
  { who: 'owner', name: 'cash-desk', path: '/cash-desk', ready: 'main form' },
  { who: 'owner', name: 'cheques', path: '/cheques', ready: 'main tbody tr' },
  { who: 'owner', name: 'rebooking', path: '/rebooking', ready: 'main h1' },
  { who: 'owner', name: 'tasks', path: '/tasks', ready: 'article' },
  { who: 'owner', name: 'new-task', path: '/tasks', ready: 'article', open: press(/^(משימה חדשה|New task)$/) },
  { who: 'owner', name: 'handover', path: '/handover', ready: 'main dl' },
  { who: 'owner', name: 'waitlist', path: '/waitlist', ready: 'main li' },
  { who: 'owner', name: 'waitlist-add', path: '/waitlist', ready: 'main li', open: press(/^(רישום להמתנה|Add to waitlist)$/) },
  { who: 'owner', name: 'accounts', path: '/accounts', ready: 'main li' },
  { who: 'owner', name: 'forecast', path: '/forecast', ready: 'main li' },
  { who: 'owner', name: 'reminder-numbers', path: '/accounts/numbers', ready: 'main tbody tr' },
  { who: 'owner', name: 'messages', path: '/messages', ready: 'article' },
  { who: 'owner', name: 'inbox', path: '/inbox', ready: 'main a[href*="/inbox/"]' },
  { who: 'owner', name: 'conversation', path: '/inbox', ready: 'main a[href*="/inbox/"]', open: openConversation },
  { who: 'owner', name: 'settings-answers', path: '/settings/answers', ready: 'fieldset' },
  { who: 'owner', name: 'invoices', path: '/invoices', ready: 'tbody tr' },
  {
    who: 'owner', name: 'invoice', path: '/invoices', ready: 'tbody tr',
    async open(page) {
      await page.locator('tbody a').first().click()
      await page.locator('iframe').waitFor()
    },
  },
  { who: 'owner', name: 'debts', path: '/debts', ready: 'tbody tr' },
  { who: 'owner', name: 'statements', path: '/debts/statements', ready: 'tbody tr' },
  { who: 'owner', name: 'debt', path: '/debts', ready: 'tbody tr', open: press(/^(פרטים|Details)/) },
  ...parts.map((part): Screen => ({ who: 'owner', name: `settings-${part}`, path: `/settings/${part}`, ready: 'main h2' })),
  { who: 'owner', name: 'new-resource', path: '/settings/resources', ready: 'main h2', open: press(/^(מטפל\/ת או מקום חדש|New practitioner or place)$/) },
  { who: 'owner', name: 'new-visit-type', path: '/settings/visit-types', ready: 'main h2', open: press(/^(סוג ביקור חדש|New visit type)$/) },
  { who: 'owner', name: 'new-price-list', path: '/settings/price-lists', ready: 'main h2', open: press(/^(מחירון חדש|New price list)$/) },
  { who: 'owner', name: 'raise-prices', path: '/settings/prices', ready: 'main h2', open: press(/^(העלאת כל המחירים|Raise all prices)$/) },
  { who: 'owner', name: 'new-field', path: '/settings/fields', ready: 'main h2', open: press(/^(שדה חדש|New field)$/) },
  { who: 'owner', name: 'new-form', path: '/settings/forms', ready: 'main h2', open: press(/^(טופס חדש|New form)$/) },
  { who: 'owner', name: 'new-note-template', path: '/settings/note-texts', ready: 'main h2', open: press(/^(תבנית חדשה|New template)$/) },
  { who: 'owner', name: 'holidays', path: '/settings/dates', ready: 'main h2', open: press(/^(חגי השנה|Holidays of the year)$/) },
  { who: 'owner', name: 'setting-up', path: '/setting-up', ready: 'main ol li' },
  { who: 'owner', name: 'guide', path: '/guide', ready: 'main img' },
  { who: 'doctor', name: 'doctor-guide', path: '/guide/doctors', ready: 'main h2' },
  { who: 'doctor', name: 'room', path: '/room', ready: 'ol li' },
  {
    who: 'doctor', name: 'room-visit', path: '/room', ready: 'ol li',
    async open(page) {
      await page.locator('ol li a').first().click()
      await page.locator('#history-title').waitFor()
    },
  },
  ...recordScreens,
]

/** Goes to a screen and waits until all of it is there. */
export async function show(page: Page, url: string, screen: Screen): Promise<void> {
  await page.keyboard.press('Escape') // a booking that is left open comes back with the next page
  await page.goto(url + screen.path)
  await page.locator(screen.ready).first().waitFor()
  await screen.open?.(page)
}

async function openConversation(page: Page): Promise<void> {
  await page.locator('main a[href*="/inbox/"]').first().click()
  await page.getByRole('log').first().waitFor()
}

async function lookAtMerge(page: Page): Promise<void> {
  await press(/^(בדיקה|Look)$/)(page)
  await page.getByRole('dialog').locator('.animate-pulse').first().waitFor({ state: 'detached' })
}

/** Opens the first patient of the list, and each part of the record once; the last one stays. */
async function openPatient(page: Page): Promise<void> {
  await page.locator('tbody a').first().click()
  await page.getByRole('tab').first().waitFor()
  for (const tab of await page.getByRole('tab').all()) await tab.click()
}
