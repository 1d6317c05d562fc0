// An owner switches calls on and makes a rule by call; the patient answers on the post office's page with "1", and the desk sees the visit
// confirmed. In Hebrew; and in English whom a machine answered for.
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
const [answers, machine] = ['+972501112291', '+972501112292']

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
  items: { channel: string; state: string; errorCode: string | null }[]
}
const told = async (patientId: string): Promise<string[]> => (await desk<Messages>('GET', `/messages?patientId=${patientId}`)).items.map(({ channel, state }) => `${channel} ${state}`)
const post = (path: string, body: object): Promise<Response> => fetch(`${product.url}/dev/post/api/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function shortType(): Promise<Settings['visitTypes'][number]> {
  const found = (await desk<Settings>('GET', '/settings')).visitTypes.find(({ active, durationMinutes }) => active && durationMinutes <= 30)
  if (!found) throw new Error('the demo has short visits')
  return found
}

/** A patient with such a visit tomorrow. */
async function book(givenName: string, number: string, visitTypeId: string): Promise<{ patientId: string; appointmentId: string }> {
  const [patientId, appointmentId] = [randomUUID(), randomUUID()]
  await desk('POST', '/patients', { id: patientId, givenName, familyName: 'בדיקת־שיחה', phones: [{ number }], language: 'he', agreesToMessages: true })
  const { branches } = await desk<{ branches: { id: string }[] }>('GET', '/me')
  const branchId = branches[0]?.id ?? ''
  const { days } = await desk<{ days: { slots: { startsAt: string; practitionerId: string }[] }[] }>('POST', '/slot-searches', { branchId, visitTypeId, fromDate: '2026-11-23', days: 1 })
  const slot = days[0]?.slots[0]
  await desk('POST', '/appointments', { id: appointmentId, branchId, patientId, visitTypeId, practitionerId: slot?.practitionerId, startsAt: slot?.startsAt })
  return { patientId, appointmentId }
}

async function moveClock(minutes: number): Promise<void> {
  const clock = async (body?: object): Promise<{ offsetMs: number }> => {
    const answer = await fetch(`${product.url}/dev/clock`, body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {})
    return (await answer.json()) as { offsetMs: number } // the demo's own page
  }
  const { offsetMs } = await clock()
  await clock({ offsetMs: offsetMs + minutes * 60_000 })
}

let reached: { patientId: string; appointmentId: string }
let missed: { patientId: string; appointmentId: string }

test('calls are switched on by keyboard, a rule goes by them and else by SMS, and its words say so', async () => {
  await page.goto(`${product.url}/settings/reminders`)
  await page.getByRole('button', { name: 'כלל חדש' }).click()
  const dialog = page.getByRole('dialog', { name: 'כלל חדש' })
  const type = await shortType()
  await dialog.getByRole('checkbox', { name: type.name, exact: true }).check()
  await dialog.getByRole('combobox', { name: 'באמצעות' }).click()
  await page.getByRole('option', { name: 'שיחת טלפון, ואם לא הגיע: SMS', exact: true }).click()
  await dialog.getByText('שיחות טלפון כבויות בהגדרות').waitFor()
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: 'שיחת טלפון, ואם לא הגיע: SMS' }).waitFor()

  const card = page.getByRole('region', { name: 'תזכורות בשיחת טלפון' })
  await card.getByText('השיחות כבויות').waitFor()
  await card.getByLabel('המספר שממנו מתקשרים').fill('12')
  await card.getByLabel('המספר שממנו מתקשרים').press('Enter')
  await card.getByText('המספר אינו תקין').waitFor()
  await card.getByLabel('המספר שממנו מתקשרים').fill('055-957-0155')
  await card.getByLabel('מחיר שיחה שנענתה, באגורות').fill('25')
  await card.getByLabel('מחיר שיחה שנענתה, באגורות').press('Enter')
  await card.getByText('השיחות פעילות').waitFor()
  expect(await owner('GET', '/voice-settings')).toMatchObject({ caller: '+972559570155', callPrice: 250 })
  expect(await barriers(page)).toEqual([])

  reached = await book('עונה', answers, type.id)
  missed = await book('משיבון', machine, type.id)
  expect((await post('phones', { number: machine, takes: 'machine' })).status).toBe(201)
  expect(opened.troubles).toEqual([])
})

test('the phone rings on the page of the post office, "1" is pressed, and the desk sees the visit confirmed', async () => {
  const office = await page.context().newPage()
  await office.goto(`${product.url}/dev/post`)
  const call = office.getByRole('list', { name: 'שיחות שהמערכת עושה' }).getByRole('listitem').filter({ hasText: '050-111-2291' })
  await moveClock(125) // five past ten, the day before
  await call.getByRole('button', { name: 'לענות' }).click({ timeout: 60_000 })
  await call.getByText('זו תזכורת אוטומטית').first().waitFor()
  await call.getByRole('button', { name: 'מקש 1' }).click()
  await call.getByText('תודה, ההגעה אושרה').waitFor()
  await office.close()

  await expect.poll(() => told(reached.patientId), { timeout: 60_000 }).toEqual(['voice delivered'])
  await expect.poll(() => told(missed.patientId), { timeout: 60_000 }).toEqual(expect.arrayContaining(['sms delivered', 'voice failed']))
  await page.goto(`${product.url}/patients/${reached.patientId}?part=visits`)
  await page.getByRole('table', { name: 'תורים' }).getByRole('row').filter({ hasText: 'אושר' }).waitFor()
  await page.goto(`${product.url}/patients/${missed.patientId}?part=messages`)
  const rows = page.getByRole('listitem')
  await rows.filter({ hasText: 'תזכורת · שיחת טלפון' }).filter({ hasText: 'נכשלה' }).waitFor()
  await rows.filter({ hasText: 'תזכורת · SMS' }).filter({ hasText: 'נמסרה' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})

test('in English, on a phone: the messages say that a machine took the call, and the settings stay within the screen', async () => {
  await turnLanguage(page, 'he')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${product.url}/messages`)
  await page.getByRole('button', { name: 'Not delivered' }).click()
  await page.getByRole('article').filter({ hasText: 'Reminder · Phone call' }).getByText('A machine took the call.').waitFor()
  await page.goto(`${product.url}/settings/reminders`)
  await page.getByRole('region', { name: 'Reminders by phone call' }).getByText('Calls are on').waitFor()
  await page.getByRole('row').filter({ hasText: 'Phone call, else SMS' }).waitFor()
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})
