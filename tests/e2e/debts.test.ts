// Who owes, and what the desk does about it: the list by age, the documents behind a row, and a promise noted by one press.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Debts {
  items: { patient: { id: string; givenName: string; familyName: string }; totalAgorot: number; documents: number; ageing: Record<string, number>; promise: { dueAt: string } | null }[]
  totals: { totalAgorot: number; debtors: number; ageing: Record<string, number> }
}

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let api: Api

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'desk')
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const debts = (query = ''): Promise<Debts> => api<Debts>('GET', `/debts?limit=50${query}`)

/** How many owe, as the foot of the list says it; nothing while it says none. */
const debtorsShown = async (): Promise<number | undefined> => {
  const told = /(?<!\d)(\d+) מטופלים/.exec((await page.locator('tfoot').allInnerTexts()).join(' '))?.[1]
  return told === undefined ? undefined : Number(told)
}

test('the list has a row for each who owes and says the sums of all', async () => {
  await page.getByRole('link', { name: 'חובות', exact: true }).click()
  await page.getByRole('heading', { name: 'חובות', level: 1 }).waitFor()
  // Documents of the demo may still be written while the list is looked at: both are asked again until they agree.
  const shown = async () => {
    const { items, totals } = await debts()
    expect(items.length).toBeGreaterThan(3)
    expect(Object.values(totals.ageing).reduce((sum, one) => sum + one, 0)).toBe(totals.totalAgorot)
    return { rows: (await page.locator('tbody tr').count()) === items.length, debtors: (await debtorsShown()) === totals.debtors }
  }
  await expect.poll(shown).toEqual({ rows: true, debtors: true })
  expect(await barriers(page)).toEqual([])
})

test('only debts of an age are shown when the desk asks for them', async () => {
  await choose(page, 'ותק החוב', 'עד 30 ימים')
  await expect.poll(async () => (await debtorsShown()) === (await debts('&age=to30')).totals.debtors).toBe(true)
  await choose(page, 'ותק החוב', 'כל החובות')
})

test('a promise to pay is noted by one press, with the keyboard, and is a task of the desk', async () => {
  const [first] = (await debts()).items
  if (!first) throw new Error('somebody owes something in the demo')
  await page.getByRole('button', { name: /^פרטים/ }).first().focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog')
  await expect.poll(() => panel.getByRole('listitem').count()).toBe(first.documents)
  expect(await barriers(page)).toEqual([])
  await panel.getByRole('button', { name: 'בעוד שבוע' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('ההבטחה נרשמה').first().waitFor()
  await expect.poll(async () => (await debts()).items[0]?.promise?.dueAt).toBe('2026-11-29T14:00:00Z')
  await page.keyboard.press('Escape')
  await expect.poll(() => panel.count()).toBe(0)
  await page.locator('tbody tr').first().getByText('29').first().waitFor()
  expect(opened.troubles).toEqual([])
})

test('it reads in English and on a phone', async () => {
  await turnLanguage(page, 'he')
  await page.getByRole('heading', { name: 'Debts', level: 1 }).waitFor()
  await page.locator('tbody tr').first().waitFor()
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})
