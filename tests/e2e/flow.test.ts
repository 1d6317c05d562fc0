// A day at the desk: who comes, waits, is called, treated and leaves; what was promised; and the shift that takes over. In Hebrew and in English.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { testBrowser } from '@yoman/testing/browser'
import { demoPassword } from '@yoman/testing/demo/logins'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { barriers, openAs, openPage, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let windows: OpenPage[]
let desk: Page
let next: Page
let doctor: Page
let owner: Page
/** Visits of today that nobody has come to yet: of the doctor, and others that cost something. */
let ofDoctor: DiaryVisit
let others: DiaryVisit[]
let token = ''

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  await pickVisits()
  windows = await Promise.all(['desk', 'desk2', 'doctor', 'owner'].map(enter))
  ;[desk, next, doctor, owner] = windows.map(({ page }) => page) as [Page, Page, Page, Page] // one for each name above
  await turnLanguage(next, 'he')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const enter = (who: string): Promise<OpenPage> => openAs(browser, product.url, who)

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${product.url}${path}`, { method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T // by the contract
}

async function pickVisits(): Promise<void> {
  const signedIn = await api<{ accessToken: string; me: { branches: { id: string }[] } }>('POST', '/api/auth/sign-in', { email: 'desk@shaked.example', password: demoPassword })
  token = signedIn.accessToken
  const settings = await api<Settings>('GET', '/api/settings')
  const diary = await api<Diary>('GET', `/api/diary?branchId=${signedIn.me.branches[0]?.id ?? ''}&date=2026-11-22`)
  const priced = new Set(settings.visitTypes.filter(({ priceItemId }) => settings.priceItems.some((item) => item.id === priceItemId && item.priceAgorot > 0)).map(({ id }) => id))
  const names = new Set<string>()
  const ahead = diary.visits.filter(({ status, startsAt, visitTypeId, patient }) => {
    const once = !names.has(patient.name)
    names.add(patient.name)
    return once && ['booked', 'confirmed'].includes(status) && startsAt > '2026-11-22T07:30' && priced.has(visitTypeId)
  })
  const michal = settings.resources.find(({ name }) => name === 'ד״ר מיכל לוי')?.id
  const first = ahead.find(({ practitionerId }) => practitionerId === michal)
  if (!first) throw new Error('the demo has no visit ahead for the doctor')
  ofDoctor = first
  others = ahead.filter((visit) => visit !== first)
}

const card = (page: Page, { patient }: DiaryVisit): Locator => page.locator('[data-event]').filter({ hasText: patient.name }).first()
const side = (page: Page, name: string): Locator => page.getByRole('complementary').getByRole('region', { name, exact: true })
const step = (visit: DiaryVisit, route: string): Promise<unknown> => api('POST', `/api/appointments/${visit.id}/${route}`, {})
const moveClock = (minutes: number): Promise<unknown> => api('GET', '/dev/clock').then((clock) => api('POST', '/dev/clock', { offsetMs: (clock as { offsetMs: number }).offsetMs + minutes * 60_000 }))

test('one key checks in, gives the number of the day, and can be taken back', async () => {
  await card(desk, ofDoctor).click()
  await desk.getByRole('heading', { name: ofDoctor.patient.name }).waitFor()
  await desk.keyboard.press('KeyA')
  const row = side(desk, 'ממתינים').getByRole('listitem').filter({ hasText: ofDoctor.patient.name })
  await row.filter({ hasText: /מספר \d/ }).waitFor()
  await desk.keyboard.press('Control+KeyZ')
  await row.waitFor({ state: 'detached' })
  await desk.keyboard.press('KeyA')
  await row.waitFor()
  await expect.poll(() => card(desk, ofDoctor).textContent()).toContain('הגעה') // in words, not by its colour alone
})

test('in English the same keys take a visit through its day, and each step is on the list of the waiting', async () => {
  const [, visit] = others as [DiaryVisit, DiaryVisit] // the demo's day is full
  const shown = { ...visit, patient: { ...visit.patient, name: visit.patient.nameLatin || visit.patient.name } }
  await card(next, shown).click()
  await next.getByRole('heading', { name: shown.patient.name }).waitFor()
  for (const [key, list] of [['KeyA', 'Waiting'], ['KeyC', 'Called in'], ['KeyS', 'In treatment']] as const) {
    await next.keyboard.press(key)
    await side(next, list).getByRole('listitem').filter({ hasText: shown.patient.name }).waitFor()
  }
  await next.keyboard.press('KeyC') // nobody is called in who is being treated
  await next.keyboard.press('KeyE')
  await side(next, 'In treatment').getByRole('listitem').filter({ hasText: shown.patient.name }).waitFor({ state: 'detached' })
  await expect.poll(() => card(next, shown).textContent()).toContain('Done')
  await next.keyboard.press('Escape')
})

test('the doctor sees who arrived, calls from the room, and the desk sees it at once', async () => {
  await doctor.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await doctor.getByRole('button', { name: new RegExp(`קריאה לחדר.*${ofDoctor.patient.name}`) }).first().click()
  await side(desk, 'נקראו לחדר').getByRole('listitem').filter({ hasText: ofDoctor.patient.name }).waitFor() // without a reload or a press
  await expect.poll(() => side(desk, 'ממתינים').getByText(ofDoctor.patient.name).count()).toBe(0)
})

test("the screen on the wall shows the number and the room, never the name, and says when it lost the line", async () => {
  await owner.goto(`${product.url}/settings/waiting-room`)
  await owner.getByRole('button', { name: 'מסך חדש' }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByRole('button', { name: 'מסך חדש' }).click()
  const link = await dialog.getByRole('textbox', { name: 'הקישור למסך' }).inputValue()
  expect(link).toMatch(/\/waiting-room#[\w-]{43}$/)
  expect(await barriers(owner)).toEqual([])

  const { page: wall, context, troubles } = await openPage(browser, link, { width: 1920, height: 1080 })
  const called = wall.getByRole('region', { name: 'נא להיכנס' }).getByRole('listitem')
  await called.filter({ hasText: /מספר\s*\d+/ }).first().waitFor()
  const told = await wall.locator('body').innerText()
  for (const part of ofDoctor.patient.name.split(' ')) expect(told).not.toContain(part)
  expect(await wall.evaluate<string>('document.cookie + JSON.stringify(localStorage)')).not.toContain(link.split('#')[1] ?? link)
  expect(await barriers(wall)).toEqual([])
  expect(await sideways(wall)).toBe(0)
  expect(troubles).toEqual([])

  await context.setOffline(true)
  await wall.getByText('אין קשר כרגע').waitFor()
  await step(ofDoctor, 'start')
  await moveClock(5)
  await context.setOffline(false)
  await wall.getByText('אין קשר כרגע').waitFor({ state: 'detached' })
  await wall.getByText('נקרא לכם כשיגיע התור').waitFor() // who went in meanwhile is not called any more
  expect(await wall.locator('[data-fresh]').count()).toBe(0)

  await owner.getByRole('button', { name: 'סגירה', exact: true }).last().click()
  await owner.getByRole('button', { name: 'כיבוי המסך' }).click()
  await wall.getByText('הקישור של המסך אינו תקף עוד').waitFor()
  await context.close()
})

test('a wait that grows too long turns red and says so; the limit is the clinic’s', async () => {
  const [visit] = others as [DiaryVisit] // the demo's day is full
  await desk.keyboard.press('Escape') // the panel of the visit before
  await card(desk, visit).hover()
  await desk.getByRole('region', { name: visit.patient.name }).getByRole('button', { name: 'סימון הגעה' }).click()
  const row = side(desk, 'ממתינים').getByRole('listitem').filter({ hasText: visit.patient.name })
  await row.waitFor()
  expect(await row.getByText(/בהמתנה \d+ דקות/).count()).toBe(0)
  await moveClock(25)
  await row.getByText('בהמתנה 25 דקות').waitFor()
  const english = side(next, 'Waiting').getByRole('listitem').filter({ hasText: 'waiting 25 minutes' })
  await english.first().waitFor()
})

test('who leaves without paying stands on the list, one press from the bill', async () => {
  await step(ofDoctor, 'completion')
  const unpaid = side(desk, 'יצאו בלי לשלם').getByRole('button', { name: ofDoctor.patient.name })
  await unpaid.click()
  const bill = desk.getByRole('region', { name: 'החשבון על הביקור' })
  await expect.poll(() => bill.getByRole('button').count()).toBeGreaterThan(0) // the payment is taken right here
})

test('a promise is noted, turns loud when it is overdue, and is done by one press', async () => {
  await desk.getByRole('navigation').getByRole('link', { name: /^משימות/ }).click()
  await desk.getByRole('button', { name: 'משימה חדשה' }).click()
  await desk.getByRole('dialog').getByRole('textbox', { name: 'מה לעשות' }).fill('להתקשר למעבדה')
  await desk.getByRole('dialog').getByRole('button', { name: 'שמירה' }).click()
  const task = desk.getByRole('main').getByRole('listitem').filter({ has: desk.getByText('להתקשר למעבדה', { exact: true }) })
  await task.waitFor()
  await moveClock(180)
  await desk.getByRole('region', { name: 'באיחור' }).getByText('להתקשר למעבדה').waitFor()
  await desk.getByRole('navigation').getByText(/באיחור/).waitFor({ state: 'attached' })
  expect(await barriers(desk)).toEqual([])
  await task.getByRole('button', { name: 'בוצע', exact: true }).click()
  await task.waitFor({ state: 'detached' })
})

test('one shift hands over in Hebrew, the next reads it in English and takes over', async () => {
  const words = 'הקופה נספרה. לחזור לגב׳ אבני עד 14:00.'
  await desk.getByRole('navigation').getByRole('link', { name: 'העברת משמרת' }).click()
  await desk.getByRole('textbox', { name: 'מה חשוב שהמשמרת הבאה תדע' }).fill(words)
  await desk.getByRole('button', { name: 'העברת המשמרת' }).click()
  await desk.getByText('העברת המשמרת ממתינה לאישור הקבלה על ידי המשמרת הבאה').waitFor()
  expect(await desk.getByRole('button', { name: 'קראתי, המשמרת אצלי' }).count()).toBe(0)

  await next.getByText(/A hand-over from .+ waits to be read and taken/).waitFor()
  await next.getByRole('link', { name: 'Read it' }).click()
  await next.getByText(words).waitFor()
  expect(await barriers(next)).toEqual([])
  await next.getByRole('button', { name: 'I have read it and taken over' }).click()
  await next.getByText('The desk is yours. Have a good shift!').waitFor()
  await desk.getByRole('region', { name: 'העברות קודמות' }).getByText('התקבלה', { exact: true }).waitFor()
  for (const { troubles } of windows) expect(troubles).toEqual([])
})
