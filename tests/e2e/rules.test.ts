// An owner adds a rule for a kind of visit and sees what it will send before saving it; the holiday and the clock change of the fortnight
// are named. In Hebrew and in English.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let owner: Api

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2027-03-21T06:00:00Z' }) // a Sunday; the clocks go forward on the Friday that follows
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'owner')
  page = opened.page
  owner = await apiOf(product.url, 'owner')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

interface Rule {
  daysBefore: number
  channel: string
  fallbackChannels: string[]
  visitTypeIds: string[]
}
const rules = async (): Promise<Rule[]> => (await owner<{ items: Rule[] }>('GET', '/reminder-rules')).items

test('a rule for a kind of visit, by SMS and else by e-mail: what it will send is seen before it is saved', async () => {
  const before = await rules()
  await page.goto(`${product.url}/settings/reminders`)
  await page.getByRole('button', { name: 'כלל חדש' }).click()
  const dialog = page.getByRole('dialog', { name: 'כלל חדש' })
  const outlook = dialog.getByRole('region', { name: 'מה יישלח לפי הכלל הזה בשבועיים הקרובים' })
  await outlook.getByText(/\(עכשיו \d+\)/).first().waitFor({ timeout: 60_000 })
  await dialog.getByLabel('ימים לפני התור').fill('2')
  await dialog.getByLabel('ימים לפני התור').press('Tab')
  await dialog.getByRole('checkbox', { name: 'ניקוי והסרת אבנית' }).check()
  await dialog.getByText('הכלל חל רק על הסוגים המסומנים.').waitFor()
  await outlook.getByText('מעבר לשעון קיץ').waitFor({ timeout: 60_000 })
  await expect.poll(() => outlook.getByRole('listitem').count(), { timeout: 60_000 }).toBeGreaterThan(2) // days that change
  expect(await rules()).toHaveLength(before.length) // nothing is written by looking
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: 'יומיים לפני התור' }).filter({ hasText: 'ניקוי והסרת אבנית' }).waitFor()
  expect((await rules()).find(({ daysBefore }) => daysBefore === 2)).toMatchObject({ channel: 'sms', fallbackChannels: ['email'], visitTypeIds: [expect.any(String)] })
  expect(opened.troubles).toEqual([])
})

test('in English, on a phone: a rule is changed to e-mail alone, and the forecast tells of the clock change', async () => {
  await turnLanguage(page, 'he')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: '2 days before' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reminder rule' })
  await dialog.getByRole('region', { name: 'What this rule would send in the next two weeks' }).getByText(/messages would leave/).waitFor({ timeout: 60_000 })
  await dialog.getByRole('combobox', { name: 'By' }).click()
  await page.getByRole('option', { name: 'E-mail alone' }).click()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(async () => (await rules()).find(({ daysBefore }) => daysBefore === 2)).toMatchObject({ channel: 'email', fallbackChannels: [] })
  await page.goto(`${product.url}/forecast`)
  await page.getByRole('list', { name: 'Days of sending' }).getByText('Clocks go forward').waitFor({ timeout: 60_000 })
  await page.getByRole('region', { name: "Last night's check" }).waitFor({ timeout: 60_000 })
  await page.goto(`${product.url}/accounts/numbers`)
  await page.getByRole('table', { name: 'Reminders in numbers' }).getByRole('row').nth(1).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(opened.troubles).toEqual([])
})
