// An owner sets WhatsApp up and makes a rule "WhatsApp, else SMS": whom WhatsApp does not reach gets the SMS, and the record shows both. In
// Hebrew; and in English whom it reaches.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let owner: Api
let desk: Api
const contentSid = `HX${'0123456789abcdef'.repeat(2)}`

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'owner')
  page = opened.page
  owner = await apiOf(product.url, 'owner')
  desk = await apiOf(product.url, 'desk')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

interface Settings {
  visitTypes: { id: string; name: string; active: boolean; durationMinutes: number }[]
}
interface Messages {
  items: { channel: string; state: string; body: string }[]
}
const told = async (patientId: string): Promise<string[]> => (await desk<Messages>('GET', `/messages?patientId=${patientId}`)).items.map(({ channel, state }) => `${channel} ${state}`)

/** A short kind of visit, of which there are free times tomorrow. */
async function shortType(): Promise<Settings['visitTypes'][number]> {
  const found = (await desk<Settings>('GET', '/settings')).visitTypes.find(({ active, durationMinutes }) => active && durationMinutes <= 30)
  if (!found) throw new Error('the demo has short visits')
  return found
}

/** A patient with such a visit tomorrow. */
async function book(givenName: string, number: string, visitTypeId: string): Promise<string> {
  const patientId = randomUUID()
  await desk('POST', '/patients', { id: patientId, givenName, familyName: 'בדיקת־ערוץ', phones: [{ number }], language: 'he', agreesToMessages: true })
  const { branches } = await desk<{ branches: { id: string }[] }>('GET', '/me')
  const branchId = branches[0]?.id ?? ''
  const { days } = await desk<{ days: { slots: { startsAt: string; practitionerId: string }[] }[] }>('POST', '/slot-searches', { branchId, visitTypeId, fromDate: '2026-11-23', days: 1 })
  const slot = days[0]?.slots[0]
  await desk('POST', '/appointments', { id: randomUUID(), branchId, patientId, visitTypeId, practitionerId: slot?.practitionerId, startsAt: slot?.startsAt })
  return patientId
}

async function moveClock(minutes: number): Promise<void> {
  const clock = async (body?: object): Promise<{ offsetMs: number }> => {
    const answer = await fetch(`${product.url}/dev/clock`, body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {})
    return (await answer.json()) as { offsetMs: number } // the demo's own page
  }
  const { offsetMs } = await clock()
  await clock({ offsetMs: offsetMs + minutes * 60_000 })
}

test('WhatsApp is set up by keyboard, a rule goes by it and else by SMS, and the record shows both', async () => {
  await page.goto(`${product.url}/settings/reminders`)
  const card = page.getByRole('region', { name: 'תזכורות ב־WhatsApp' })
  await card.getByLabel('מספר השולח ב־WhatsApp').fill('055-957-0177')
  await card.getByText('{{1}}').first().waitFor() // what is to be filed
  await card.getByLabel('מזהה התבנית שאושרה').fill('HX12')
  await card.getByLabel('מזהה התבנית שאושרה').press('Enter')
  await card.getByText('מזהה התבנית אינו תקין').waitFor()
  await card.getByLabel('מזהה התבנית שאושרה').fill(contentSid)
  await card.getByLabel('מזהה התבנית שאושרה').press('Enter')
  await card.getByText('עברית: פעיל').waitFor()
  expect(await owner('GET', '/whatsapp-settings')).toMatchObject({ sender: '+972559570177', templates: { he: { contentSid }, ar: null } })

  const type = await shortType()
  await page.getByRole('button', { name: 'כלל חדש' }).click()
  const dialog = page.getByRole('dialog', { name: 'כלל חדש' })
  await dialog.getByRole('checkbox', { name: type.name, exact: true }).check()
  await dialog.getByRole('combobox', { name: 'באמצעות' }).click()
  await page.getByRole('option', { name: 'WhatsApp, ואם לא הגיע: SMS', exact: true }).click()
  await dialog.getByText('WhatsApp עדיין לא מוכן בשפות: ערבית, רוסית, אנגלית.').waitFor()
  await dialog.getByText(/מתוכן .+ ב־WhatsApp, במחיר שאינו ידוע/).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: 'WhatsApp, ואם לא הגיע: SMS' }).waitFor()

  const without = await book('בלי', '+15005550124', type.id) // the stand-in's number without WhatsApp
  const reached = await book('עם', '+972501112299', type.id)
  await moveClock(125) // five past ten, the day before
  await expect.poll(() => told(without), { timeout: 60_000 }).toEqual(expect.arrayContaining(['sms delivered', 'whatsapp failed']))
  await expect.poll(() => told(reached), { timeout: 60_000 }).toContain('whatsapp delivered')
  expect((await told(reached)).filter((one) => one.startsWith('sms'))).toEqual([])

  await page.goto(`${product.url}/patients/${without}?part=messages`)
  const rows = page.getByRole('listitem')
  await rows.filter({ hasText: 'תזכורת · WhatsApp' }).filter({ hasText: 'נכשלה' }).filter({ hasText: 'תזכורת לתור שלך' }).waitFor()
  await rows.filter({ hasText: 'תזכורת · SMS' }).filter({ hasText: 'נמסרה' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})

test('in English, on a phone: the messages name the channel and why it failed, and the settings stay within the screen', async () => {
  await turnLanguage(page, 'he')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${product.url}/messages`)
  await page.getByRole('button', { name: 'Not delivered' }).click()
  const failed = page.getByRole('article').filter({ hasText: 'Reminder · WhatsApp' }).filter({ hasText: 'Failed' })
  await failed.getByText('The number has no WhatsApp, or takes no messages there.').waitFor()
  await page.goto(`${product.url}/settings/reminders`)
  await page.getByRole('region', { name: 'Reminders by WhatsApp' }).getByText('Hebrew: on').waitFor()
  await page.getByRole('row').filter({ hasText: 'WhatsApp, else SMS' }).waitFor()
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})
