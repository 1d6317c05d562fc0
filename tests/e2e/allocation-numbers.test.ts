// An employer pays 6,000 and VAT: the document waits, the owner connects the clinic to the Tax Authority, and the file has the nine digits.
import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { choose } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'
import { pdfText } from './pdf-text.ts'

interface Visit {
  id: string
  status: string
  visitTypeId: string
  patient: { name: string } | null
}
interface Settings {
  visitTypes: { id: string; priceItemId: string | null }[]
  priceItems: { id: string; version: number; priceAgorot: number }[]
}
interface Document {
  id: string
  allocationState: string | null
  allocation: { printed: string | null } | null
}

const employer = 'אלון תעשיות'
const price = 708_000 // 6,000 and VAT

let product: TestProduct
let browser: Browser
let api: Api
let visit: Visit
let desk: OpenPage
let owner: OpenPage

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  const boss = await apiOf(product.url, 'owner')
  const branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  const { visits } = await api<{ visits: Visit[] }>('GET', `/diary?branchId=${branchId}&date=2026-11-22`)
  visit = visits.find(({ status, patient }) => patient && (status === 'booked' || status === 'confirmed')) ?? expect.fail('the demo has nobody today')
  const { visitTypes, priceItems } = await boss<Settings>('GET', '/settings')
  const { id, ...item } = priceItems.find((one) => one.id === visitTypes.find((type) => type.id === visit.visitTypeId)?.priceItemId) ?? expect.fail('the visit has no price')
  await boss('PUT', `/price-items/${id}`, { ...item, priceAgorot: price, changes: [] })
  await api('POST', `/appointments/${visit.id}/arrival`, {})
  await api('POST', `/appointments/${visit.id}/start`, {})
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
  owner = await openAs(browser, product.url, 'owner')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const shownBill = (page: Page): Locator => page.getByRole('region', { name: 'החשבון על הביקור' })
const documents = async (): Promise<Document[]> => (await api<{ items: Document[] }>('GET', '/invoices?kind=320&limit=20')).items.filter(({ allocationState }) => allocationState !== null)
let id: string

test('the desk adds an employer that pays, and makes the visit out to it', async () => {
  const { page } = desk
  await page.goto(`${product.url}/settings/organisations`)
  await page.getByRole('button', { name: 'הוספת ארגון' }).click()
  const dialog = page.getByRole('dialog', { name: 'הוספת ארגון' })
  await dialog.getByRole('textbox', { name: 'שם', exact: true }).fill(employer)
  await dialog.getByRole('textbox', { name: /^מספר עוסק/ }).fill('777777716')
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.getByText('המספר שהוקלד שגוי').waitFor()
  await dialog.getByRole('textbox', { name: /^מספר עוסק/ }).fill('777777715')
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'שמירה' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('cell', { name: employer }).waitFor()

  await page.goto(`${product.url}/diary`)
  await page.getByRole('complementary').getByRole('region', { name: 'בטיפול', exact: true }).getByRole('button', { name: visit.patient?.name ?? '' }).first().press('Enter')
  await choose(shownBill(page), 'מי משלם', employer)
  await expect.poll(async () => (await api<{ payer: { name: string } }>('GET', `/appointments/${visit.id}/bill`)).payer.name).toBe(employer)
  expect(await barriers(page)).toEqual([])
})

test('paid, its document waits, and the screen says for what', async () => {
  const { page } = desk
  await api('POST', `/appointments/${visit.id}/completion`, {})
  const link = shownBill(page).getByRole('link', { name: /חשבונית עסקה/ })
  await link.waitFor({ timeout: 30_000 }) // the worker writes it
  await link.press('Enter')
  await page.getByRole('heading', { name: /חשבונית עסקה/, level: 1 }).waitFor()
  const means = page.getByRole('group', { name: 'אמצעי תשלום 1' })
  await means.getByRole('radio', { name: 'העברה בנקאית' }).check()
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByRole('heading', { name: /חשבונית מס\/קבלה/, level: 1 }).waitFor()
  const standing = page.getByRole('region', { name: /^מספר הקצאה/ })
  await standing.getByText('המרפאה אינה מחוברת לרשות המסים').waitFor({ timeout: 30_000 }) // the worker's next look
  await standing.getByText('התשלום נרשם').waitFor()
  expect(await page.locator('iframe').count()).toBe(0)
  expect(await barriers(page)).toEqual([])
  const [document] = await documents()
  id = document?.id ?? expect.fail('the payment was receipted')
})

test('the owner connects the clinic, and the number comes by itself', async () => {
  const { page } = owner
  await page.goto(`${product.url}/books`)
  await page.getByRole('tab', { name: 'מספרי הקצאה' }).click()
  await page.getByRole('cell', { name: employer }).waitFor()
  expect(await barriers(page)).toEqual([])

  await page.goto(`${product.url}/settings/tax-authority`)
  await page.getByRole('button', { name: 'חיבור', exact: true }).click()
  await page.getByRole('link', { name: /מתן הסכמה/ }).click()
  await page.getByText('מחובר', { exact: true }).waitFor({ timeout: 30_000 }) // the worker's next look
  await expect.poll(() => page.url()).toBe(`${product.url}/settings/tax-authority`)
  expect(await barriers(page)).toEqual([])

  await expect.poll(async () => (await documents()).map(({ allocationState }) => allocationState), { timeout: 30_000 }).toEqual(['approved'])
  const { allocation } = await api<Document>('GET', `/invoices/${id}`)
  expect(allocation?.printed).toMatch(/^\d{9}$/)
  const standing = desk.page.getByRole('region', { name: /^מספר הקצאה/ })
  await standing.getByText(allocation?.printed ?? '').waitFor() // without a reload
  await desk.page.locator('iframe').waitFor()
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.page.getByRole('link', { name: 'הורדת PDF' }).click()])
  expect(pdfText(await readFile(await download.path()))).toContain(allocation?.printed)
})

test('says the same in English and on a phone', async () => {
  const { page, troubles } = owner
  await turnLanguage(page, 'he')
  await page.goto(`${product.url}/invoices/${id}`)
  await page.getByRole('region', { name: /^Allocation number/ }).getByText('Approved').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  expect(troubles).toEqual([])
  expect(desk.troubles.filter((trouble) => !(trouble.startsWith('422 POST') && trouble.endsWith('/organisations')))).toEqual([])
})
