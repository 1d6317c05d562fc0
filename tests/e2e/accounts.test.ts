// Who of tomorrow knows of their visit: whom no message can reach is called, and the day closes visit by visit; in Hebrew and in English.
import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let desk: Api

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'desk')
  page = opened.page
  desk = await apiOf(product.url, 'desk')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

interface Day {
  total: number
  accounted: number
  items: { appointmentId: string; state: string; reason: string | null; patient: { id: string }; calls: { outcome: string }[] }[]
}

/** A patient whom no message can reach, booked for tomorrow at the first free time. */
async function bookSilent(givenName: string, familyName: string, phones: { number: string }[] = []): Promise<{ visit: string; branchId: string }> {
  const patient = randomUUID()
  await desk('POST', '/patients', { id: patient, givenName, familyName, phones, agreesToMessages: phones.length > 0 })
  const { branches } = await desk<{ branches: { id: string }[] }>('GET', '/me')
  const branchId = branches[0]?.id ?? ''
  const { visitTypes } = await desk<{ visitTypes: { id: string; active: boolean; durationMinutes: number }[] }>('GET', '/settings')
  const visitTypeId = visitTypes.find(({ active, durationMinutes }) => active && durationMinutes <= 30)?.id
  const { days } = await desk<{ days: { slots: { startsAt: string; practitionerId: string }[] }[] }>('POST', '/slot-searches', { branchId, visitTypeId, fromDate: '2026-11-23', days: 1 })
  const slot = days[0]?.slots[0]
  const { id } = await desk<{ id: string }>('POST', '/appointments', { id: randomUUID(), branchId, patientId: patient, visitTypeId, practitionerId: slot?.practitionerId, startsAt: slot?.startsAt })
  return { visit: id, branchId }
}

async function moveClock(minutes: number): Promise<void> {
  const clock = async (body?: object): Promise<{ offsetMs: number }> => {
    const answer = await fetch(`${product.url}/dev/clock`, body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {})
    return (await answer.json()) as { offsetMs: number } // the demo's own page
  }
  const { offsetMs } = await clock()
  await clock({ offsetMs: offsetMs + minutes * 60_000 })
}

/** Whoever is to be called, in the list of those whom nobody reached. */
const rowOf = (list: string, name: string): Locator => page.getByRole('region', { name: list, exact: true }).getByRole('listitem').filter({ hasText: name })

const account = (branchId: string): Promise<Day> => desk<Day>('GET', `/day-accounts/2026-11-23?branchId=${branchId}`)

test('a visit that no message can announce stays open until somebody has spoken to the patient', async () => {
  const name = 'אילם בדיקה'
  const { visit, branchId } = await bookSilent('אילם', 'בדיקה')
  await bookSilent('מנותק', 'בדיקה', [{ number: '+15005550009' }]) // the stand-in takes nothing for it: the next story
  const standing = async () => (await account(branchId)).items.find(({ appointmentId }) => appointmentId === visit)
  expect((await standing())?.state).toBe('on_its_way') // its reminder leaves later this morning
  await moveClock(6 * 60)
  await expect.poll(async () => (await standing())?.reason, { timeout: 60_000 }).toBe('no_address')

  await page.getByRole('navigation').first().getByRole('link', { name: 'לקראת מחר' }).click()
  await page.getByRole('heading', { level: 1, name: 'מי יודע על התור שלו' }).waitFor()
  const row = rowOf('לא הושגו', name)
  await row.getByText('אין מספר טלפון בתיק').waitFor()
  await row.getByRole('button', { name: 'אין מענה' }).click()
  await row.getByText(/לא היה מענה/).waitFor()
  await row.getByRole('button', { name: 'תוצאות נוספות' }).click()
  await page.getByRole('menuitem', { name: 'נשארה הודעה' }).click()
  await row.getByText(/נשארה הודעה/).waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await standing())?.calls.map(({ outcome }) => outcome)).toEqual(['no_answer'])

  const { accounted, total } = await account(branchId)
  await page.getByText(`${accounted} מתוך ${total} תורים סגורים`).waitFor()
  await row.getByRole('button', { name: 'דיברנו, התור מאושר' }).click()
  await row.waitFor({ state: 'detached' })
  expect((await standing())?.state).toBe('confirmed')
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})

/** The tasks' page, by the menu. */
const openTasks = (name: RegExp): Promise<void> => page.getByRole('navigation').first().getByRole('link', { name }).click()
const taskOf = (name: string): Locator => page.getByRole('main').getByRole('listitem').filter({ hasText: name })

test('a number that no message reaches is a task by itself: one press leads to where another is written, and it is done', async () => {
  const name = 'מנותק בדיקה'
  await openTasks(/^משימות/)
  const task = taskOf(name)
  await task.getByText(/הודעות לא מגיעות למספר .*\+15005550009.*יש לבקש מספר אחר/).waitFor()
  await task.getByText('נוצרה מעצמה').waitFor()
  expect(await barriers(page)).toEqual([])
  await task.getByRole('button', { name: 'לא יבוצע' }).click()
  await task.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await task.getByRole('link', { name }).click()

  await page.getByText('אי אפשר לשלוח SMS למספר').waitFor()
  await page.getByLabel('טלפונים').fill('052-7654321')
  await page.getByRole('button', { name: 'שמירה', exact: true }).first().click()
  await page.getByText('אי אפשר לשלוח SMS למספר').waitFor({ state: 'detached' })
  await openTasks(/^משימות/)
  await page.getByRole('button', { name: 'סגורות' }).click()
  await taskOf(name).getByText(/בוצע: .*, המספר הוחלף/).waitFor()
  expect(opened.troubles).toEqual([])
})

test('the fortnight ahead is shown before it is sent: how many leave on which day, and why one leaves on another', async () => {
  await page.getByRole('navigation').first().getByRole('link', { name: 'לקראת מחר' }).click()
  await page.getByRole('link', { name: 'מה יישלח בשבועיים הקרובים' }).click()
  await page.getByRole('heading', { level: 1, name: 'מה יישלח בשבועיים הקרובים' }).waitFor()
  const days = page.getByRole('list', { name: 'ימי השליחה' }).getByRole('button')
  await expect.poll(() => days.count()).toBe(14)
  expect(await days.filter({ hasText: 'שבת, 28 בנוב' }).innerText()).toContain('לא נשלח דבר')
  await days.filter({ hasText: 'ערב שבת' }).first().press('Enter')
  const friday = page.getByRole('region', { name: /27 בנובמבר/ })
  await friday.getByText('הוזזה בגלל שבת').first().waitFor()
  await friday.getByText('10:00', { exact: true }).first().waitFor() // the hour of its rule, two days earlier
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})

test('in English: what was asked for, and why it is done', async () => {
  await turnLanguage(page, 'he')
  await openTasks(/^Tasks/)
  await page.getByRole('button', { name: 'Closed' }).click()
  const task = taskOf('בדיקה')
  await task.getByText(/Messages do not reach .*\+15005550009.*Ask for another number\./).waitFor()
  await task.getByText(/Done: .*, the number was changed/).waitFor()
  expect(await barriers(page)).toEqual([])
})

test('in English: whom the clinic gave up and nobody told is called; why nobody needs to is said in words', async () => {
  const name = 'Silent Probe'
  const { visit, branchId } = await bookSilent('Silent', 'Probe')
  const standing = async () => (await account(branchId)).items.find(({ appointmentId }) => appointmentId === visit)
  expect((await standing())?.state).toBe('excused') // agreed after the hour of its reminder: they have just heard of it
  await desk('POST', `/appointments/${visit}/cancellation`, { reason: 'clinic' })
  await page.getByRole('navigation').first().getByRole('link', { name: 'For tomorrow' }).click()
  const row = rowOf('Not reached', name)
  await row.getByText('Cancelled, and the patient does not know').waitFor()
  await row.getByRole('button', { name: 'Other results' }).click()
  await page.getByRole('menuitem', { name: 'No need to call…' }).click()
  const dialog = page.getByRole('dialog', { name: 'No need to call Silent Probe' })
  await dialog.getByRole('button', { name: 'No need to call' }).click()
  await dialog.getByText('Give a reason.').waitFor()
  await dialog.getByLabel('Reason').fill('She was at the desk when it was cancelled')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await row.waitFor({ state: 'detached' })
  await expect.poll(async () => (await standing())?.state).toBe('cancelled')
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})
