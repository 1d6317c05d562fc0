// A discount at the desk, in Hebrew and by the keyboard: a tenth is the desk's to give, a half the owner's, and the document tells it.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways } from './page.ts'

interface Visit {
  id: string
  status: string
  patient: { name: string } | null
}
interface Bill {
  totalAgorot: number
  lines: { unitPriceAgorot: number; discountAgorot: number }[]
  invoice: { id: string } | null
}

let product: TestProduct
let browser: Browser
let api: Api
let visit: Visit
let price: number
let desk: OpenPage
let owner: OpenPage

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  const branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  const { visits } = await api<{ visits: Visit[] }>('GET', `/diary?branchId=${branchId}&date=2026-11-22`)
  visit = visits.find(({ status, patient }) => patient && (status === 'booked' || status === 'confirmed')) ?? expect.fail('the demo has nobody today')
  await api('POST', `/appointments/${visit.id}/arrival`, {})
  await api('POST', `/appointments/${visit.id}/start`, {})
  price = (await bill()).totalAgorot
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
  owner = await openAs(browser, product.url, 'owner')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const bill = (): Promise<Bill> => api<Bill>('GET', `/appointments/${visit.id}/bill`)
const inTreatment = (page: Page): Locator => page.getByRole('complementary').getByRole('region', { name: 'בטיפול', exact: true }).getByRole('button', { name: visit.patient?.name ?? '' }).first()
const shownBill = (page: Page): Locator => page.getByRole('region', { name: 'החשבון על הביקור' })
const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /^הנחה על/ })

/** Opens the visit from the list of who is in treatment, and the discount of its one line. */
async function openDiscount(page: Page, button: RegExp): Promise<Locator> {
  if (!(await shownBill(page).isVisible())) await inTreatment(page).press('Enter')
  await shownBill(page).getByRole('button', { name: button }).press('Enter')
  const amount = dialogOf(page).getByRole('textbox', { name: 'אחוז ההנחה' })
  await expect.poll(() => amount.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  return dialogOf(page)
}

test('the desk gives a tenth, and is told how much it may before it asks for a half', async () => {
  const { page } = desk
  const dialog = await openDiscount(page, /^הנחה על/)
  await dialog.getByText('עד 10% מהשורה').waitFor()
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await dialog.getByText('נא לבחור או לכתוב את סיבת ההנחה').waitFor()
  await choose(dialog, 'סיבה', 'פיצוי על המתנה')
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await shownBill(page).getByText('פיצוי על המתנה').waitFor()
  expect(await bill()).toMatchObject({ totalAgorot: price - price / 10, lines: [{ discountAgorot: price / 10 }] })

  const again = await openDiscount(page, /^שינוי ההנחה על/)
  expect(await again.getByRole('textbox', { name: 'אחוז ההנחה' }).inputValue()).toBe('10')
  await again.getByRole('textbox', { name: 'אחוז ההנחה' }).fill('50')
  await page.keyboard.press('Enter')
  await again.getByText('אפשר לתת כאן עד 10% הנחה').waitFor()
  expect((await bill()).totalAgorot).toBe(price - price / 10)
  await page.keyboard.press('Escape')
  await again.waitFor({ state: 'detached' })
  expect(await sideways(page)).toBe(0)
})

test('the owner gives the half, and the desk sees it without a reload', async () => {
  const { page } = owner
  const dialog = await openDiscount(page, /^שינוי ההנחה על/)
  await dialog.getByRole('textbox', { name: 'אחוז ההנחה' }).fill('50')
  await dialog.getByRole('textbox', { name: 'הסיבה במילים' }).waitFor() // what the desk had chosen is known by its words
  await dialog.getByRole('textbox', { name: 'הסיבה במילים' }).fill('החלטת ההנהלה')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await shownBill(desk.page).getByText('החלטת ההנהלה').waitFor()
  expect((await bill()).totalAgorot).toBe(price / 2)
  expect(owner.troubles).toEqual([])
})

test('the document tells price, discount and total, and the discount is fixed', async () => {
  await api('POST', `/appointments/${visit.id}/completion`, {})
  await expect.poll(async () => (await bill()).invoice?.id ?? null, { timeout: 30_000 }).not.toBeNull() // the worker writes it
  const { page, troubles } = desk
  await shownBill(page).getByRole('link', { name: /חשבונית עסקה/ }).waitFor()
  await expect.poll(() => shownBill(page).getByRole('button', { name: /ההנחה על/ }).count()).toBe(0)
  await shownBill(page).getByRole('link', { name: /חשבונית עסקה/ }).press('Enter')
  await page.getByRole('heading', { name: /חשבונית עסקה/, level: 1 }).waitFor()
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'הנחה' })
  await line.waitFor()
  const digits = (agorot: number): string => (agorot / 100).toLocaleString('en', { minimumFractionDigits: 2 })
  const said = await line.innerText()
  expect([digits(price), digits(price / 2)].every((sum) => said.includes(sum)), said).toBe(true)
  expect(await barriers(page)).toEqual([])
  // What was refused was refused on purpose.
  expect(troubles.filter((trouble) => !(trouble.startsWith('422 PUT') && trouble.endsWith('/discount')))).toEqual([])
})
