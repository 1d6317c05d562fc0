// A series that begins in the booking and moves: its patient hears of it once, in their language, and not before it may be taken back.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { demoPassword } from '@yoman/testing/demo/logins'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { card, choose, english, findPatient, freeTimes, hebrew } from './desk.ts'
import { openAs, type OpenPage, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let token = ''

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'desk')
  page = opened.page
  token = (await api<{ accessToken: string }>('POST', '/api/auth/sign-in', { email: 'desk@shaked.example', password: demoPassword })).accessToken
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${product.url}${path}`, { method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T // by the contract
}
const moveClock = async (minutes: number): Promise<unknown> => {
  const { offsetMs } = await api<{ offsetMs: number }>('GET', '/dev/clock')
  return api('POST', '/dev/clock', { offsetMs: offsetMs + minutes * 60_000 })
}

test.each([
  { language: 'he', names: hebrew, day: '2027-02-02', type: /^ניקוי והסרת אבנית/, who: 'שירי אזולאי', phone: '+972501112231', repeat: 'תור חוזר', weekly: 'מדי שבוע', goOn: /^המשך: כל מועדי הסדרה/, bookAll: 'קביעת 6 תורים', series: /^הסדרה: 1 מתוך 6/, time: 'שעה', moveAll: 'העברת 6 תורים', moved: /6 תורים הועברו/, says: /התורים שלך עודכנו: כל שבוע ביום שלישי/ },
  { language: 'en', names: english, day: '2027-02-03', type: /^Cleaning(?!,)/, who: 'Shiri Azulay', phone: '+972501112232', repeat: 'Repeats', weekly: 'Weekly', goOn: /^Next: all dates of the series/, bookAll: 'Book 6 visits', series: /1 of 6/, time: 'Time', moveAll: 'Move 6 visits', moved: /6 visits moved/, says: /your appointments have changed: every week, Wednesday/ },
])('a series that is booked at once and moved is one SMS, three minutes later', async ({ language, names, day, type, who, phone, repeat, weekly, goOn, bookAll, series, time, moveAll, moved, says }) => {
  if (language === 'en') await turnLanguage(page, 'he')
  const patient = { id: randomUUID(), givenName: language === 'he' ? 'סדרתית' : 'Serial', familyName: language === 'he' ? 'בדיקה' : 'Probe' }
  const name = `${patient.givenName} ${patient.familyName}`
  await api('POST', '/api/patients', { ...patient, phones: [{ number: phone }], language, agreesToMessages: true })
  const messages = async (): Promise<{ kind: string; state: string; body: string }[]> => (await api<{ items: { kind: string; state: string; body: string }[] }>('GET', `/api/messages?patientId=${patient.id}`)).items

  await page.goto(`${product.url}/diary/${day}`)
  await page.getByRole('application').waitFor()
  await page.keyboard.press('n')
  const booking = page.getByRole('dialog', { name: names.newBooking })
  await findPatient(booking, names, name, name)
  await choose(booking, names.visitType, type)
  await choose(booking, names.practitioner, who)
  await choose(booking, repeat, weekly)
  await freeTimes(booking, names, /./).first().click()
  await booking.getByRole('button', { name: goOn }).click()
  const planning = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: bookAll }) })
  await planning.getByRole('button', { name: bookAll }).waitFor()
  const { visits } = await api<{ visits: { patient: { id: string } }[] }>('GET', `/api/patients/${patient.id}`)
  expect(visits).toEqual([]) // all are seen before any is booked
  await planning.getByRole('button', { name: bookAll }).click()
  await planning.waitFor({ state: 'detached' })

  await card(page, name).first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: series }).click()
  const change = page.getByRole('dialog')
  const hour = change.getByLabel(time, { exact: true })
  const before = await hour.inputValue()
  await moveClock(5) // what is changed within the first minutes after a booking was never heard of
  const wished = `${String(Number(before.slice(0, 2)) + 1).padStart(2, '0')}:${before.slice(3)}`
  await hour.fill(wished)
  await hour.press('Tab')
  await expect.poll(() => change.getByRole('listitem').filter({ hasText: wished }).count(), { timeout: 15_000 }).toBeGreaterThanOrEqual(6) // each is looked at before any may move
  await change.getByRole('button', { name: moveAll }).click()
  await page.getByText(moved).first().waitFor()
  await expect.poll(async () => (await messages()).map(({ kind, state }) => `${kind} ${state}`), { timeout: 15_000 }).toEqual(['series_changed queued'])
  await moveClock(4)
  await expect.poll(async () => (await messages()).map(({ state }) => state), { timeout: 30_000 }).toEqual(['delivered'])
  const [sms] = await messages()
  expect(sms?.body).toMatch(says)
  expect(opened.troubles).toEqual([])
})
