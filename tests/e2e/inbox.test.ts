// The patient answers from the street, the desk answers back: nobody reloads anything, and each word is sent once.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { card } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways } from './page.ts'

interface Sms {
  direction: string
  from: string
  to: string
  body: string
}

let product: TestProduct
let browser: Browser
let api: Api
let opened: OpenPage
let desk: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  api = await apiOf(product.url, 'desk')
  opened = await openAs(browser, product.url, 'desk')
  desk = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const post = async (path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${product.url}${path}`, { method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const moveClock = async (minutes: number): Promise<unknown> => {
  const { offsetMs } = (await post('/dev/clock')) as { offsetMs: number }
  return post('/dev/clock', { offsetMs: offsetMs + minutes * 60_000 })
}
const allSms = async (): Promise<Sms[]> => ((await post('/dev/post/api/post?after=-1')) as { sms: Sms[] }).sms
/** What went to a number, oldest first. */
const smsTo = async (phone: string): Promise<string[]> => (await allSms()).filter(({ direction, to }) => direction.startsWith('outbound') && to === phone).map(({ body }) => body)
const writes = async (from: string, body: string): Promise<unknown> => post('/dev/post/api/replies', { from, to: (await allSms()).find(({ to }) => to === from)?.from ?? '+972559570100', body })

async function aPatient(givenName: string, language: 'he' | 'ar', phone: string): Promise<{ id: string; name: string; phone: string }> {
  const id = randomUUID()
  await api('POST', '/patients', { id, givenName, familyName: 'מהקישור', phones: [{ number: phone }], language, agreesToMessages: true, evenIfKnown: true })
  return { id, name: givenName, phone }
}

/** A window as a phone has it, on the page that the newest SMS leads to. */
async function openLink(phone: string): Promise<Page> {
  await expect.poll(() => smsTo(phone), { timeout: 30_000 }).not.toEqual([])
  const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec((await smsTo(phone)).at(-1) ?? '')?.[0] ?? ''
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(link)
  return page
}

/** A visit on Tuesday afternoon, at a free time; its reminder leaves on Monday at ten. */
async function aVisit(patientId: string): Promise<void> {
  const { branches } = await api<{ branches: { id: string }[] }>('GET', '/me')
  const branchId = branches[0]?.id ?? ''
  const { visitTypes } = await api<{ visitTypes: { id: string; active: boolean; durationMinutes: number }[] }>('GET', '/settings')
  const visitTypeId = visitTypes.find(({ active, durationMinutes }) => active && durationMinutes <= 30)?.id
  const { days } = await api<{ days: { slots: { startsAt: string; practitionerId: string }[] }[] }>('POST', '/slot-searches', { branchId, visitTypeId, fromDate: '2026-11-24', days: 1 })
  const slot = days[0]?.slots.find(({ startsAt }) => startsAt > '2026-11-24T11:00:00Z')
  await api('POST', '/appointments', { id: randomUUID(), branchId, patientId, visitTypeId, practitionerId: slot?.practitionerId, startsAt: slot?.startsAt })
}

/** The desk's list of what others did to the diary. */
async function changeOf(name: string): Promise<string> {
  await desk.getByRole('button', { name: /^מה השתנה/ }).click()
  const line = desk.getByRole('dialog').getByRole('button').filter({ hasText: name }).first()
  await line.waitFor()
  const words = await line.innerText()
  await desk.keyboard.press('Escape')
  await desk.getByRole('dialog').waitFor({ state: 'detached' })
  return words
}

test('a patient confirms from the street and another moves, in their own language; the desk sees it without reloading', async () => {
  const hebrew = await aPatient('אלמוגית', 'he', '+972541230001')
  const arabic = await aPatient('زنبقة', 'ar', '+972541230002')
  for (const { id } of [hebrew, arabic]) await aVisit(id)
  await desk.goto(`${product.url}/diary/2026-11-24`)
  for (const { name } of [hebrew, arabic]) await card(desk, name).waitFor()
  await moveClock(26 * 60 + 5)

  const street = await openLink(hebrew.phone)
  expect(await street.locator('html').getAttribute('dir')).toBe('rtl')
  expect(await sideways(street)).toBe(0)
  expect(await street.locator('body').innerText()).not.toContain(hebrew.name)
  await street.getByRole('button', { name: 'אישור הגעה' }).click()
  await street.getByRole('status').filter({ hasText: 'תודה, האישור התקבל' }).waitFor()
  await expect.poll(() => changeOf(hebrew.name), { timeout: 20_000 }).toMatch(/אישור|אושר/)
  expect(await changeOf(hebrew.name)).toContain('המטופל/ת, בקישור או בתשובה')

  const phone = await openLink(arabic.phone)
  await phone.getByRole('link', { name: 'موعد آخر' }).click()
  await phone.getByRole('link', { name: 'أيام أخرى' }).click()
  expect(await sideways(phone)).toBe(0)
  await phone.locator('form.times button').last().click()
  await phone.getByRole('status').filter({ hasText: 'تم نقل الموعد إلى الوقت الجديد' }).waitFor()
  await card(desk, arabic.name).waitFor({ state: 'detached' }) // it went to another day
  expect(await changeOf(arabic.name)).toContain('המטופל/ת, בקישור או בתשובה')
  expect(opened.troubles).toEqual([])
}, 180_000)

test('the desk answers a question from the inbox by keyboard, with exactly one SMS', async () => {
  const asker = await aPatient('תמנעית', 'he', '+972541230003')
  await writes(asker.phone, 'יש חניה ליד המרפאה?')
  const navigation = desk.getByRole('navigation').first()
  await expect.poll(() => navigation.getByRole('link', { name: /תיבת פניות/ }).innerText(), { timeout: 20_000 }).toMatch(/\d/)
  await navigation.getByRole('link', { name: /תיבת פניות/ }).click()
  const list = desk.getByRole('list', { name: 'שיחות' })
  const theirs = list.getByRole('link').filter({ hasText: asker.name })
  await theirs.waitFor()
  await list.getByRole('link').first().focus()
  for (let steps = 0; steps < 20 && !(await desk.locator(':focus').innerText()).includes(asker.name); steps += 1) await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('Enter')
  await desk.getByRole('log').getByText('יש חניה ליד המרפאה?').waitFor()
  await theirs.getByText('הודעה אחת שלא נקראה').waitFor({ state: 'detached' }) // looking at it is reading it
  const answer = desk.getByRole('textbox', { name: /תשובה אל/ })
  await answer.fill('כן, חניה חינם מאחורי הבניין.')
  await desk.keyboard.press('Control+Enter')
  await desk.keyboard.press('Control+Enter')
  await desk.getByRole('log').getByText('כן, חניה חינם מאחורי הבניין.').waitFor()
  await expect.poll(() => smsTo(asker.phone), { timeout: 30_000 }).toEqual(['כן, חניה חינם מאחורי הבניין.'])
  await desk.getByRole('log').getByText('נמסרה').last().waitFor()
  expect(await barriers(desk)).toEqual([])

  await writes(asker.phone, 'תודה רבה, ומה עם אופניים?')
  await desk.getByRole('log').getByText('ומה עם אופניים?').waitFor() // live, in the conversation that is open
  await desk.getByRole('log').focus()
  await desk.keyboard.press('e')
  await desk.getByText('השיחה נסגרה').first().waitFor()
  await theirs.waitFor({ state: 'detached' })
  await writes(asker.phone, 'הסר')
  await desk.getByText('התבקשה הפסקת הודעות').waitFor()
  expect(await answer.count()).toBe(0)
  expect(await smsTo(asker.phone)).toHaveLength(1)
}, 120_000)

test('a number that nobody knows gets a record and an answer, on a narrow screen', async () => {
  await writes('+972541239999', 'שלום, אתם מקבלים מטופלים חדשים?')
  await desk.setViewportSize({ width: 390, height: 844 })
  await desk.goto(`${product.url}/inbox`)
  await desk.getByRole('link').filter({ hasText: 'מטופלים חדשים' }).click()
  await desk.getByLabel(/תיק חדש/).fill('גיל חדש')
  await desk.getByRole('button', { name: 'פתיחת תיק' }).click()
  await desk.getByRole('textbox', { name: /תשובה אל גיל חדש/ }).fill('בשמחה!')
  expect(await sideways(desk)).toBe(0)
  expect(await barriers(desk)).toEqual([])
  await desk.getByRole('button', { name: /^שליחה/ }).click()
  await expect.poll(() => smsTo('+972541239999'), { timeout: 30_000 }).toEqual(['בשמחה!'])
  expect(opened.troubles).toEqual([])
}, 120_000)
