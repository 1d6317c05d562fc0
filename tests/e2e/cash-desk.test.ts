// A day's money at the desk, in Hebrew: cash and card in one payment, a cheque for a later day, and the closing with a difference.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Unpaid {
  id: string
  branchId: string
  balanceAgorot: number
}
interface Desk {
  means: { method: string; payments: number; expectedAgorot: number }[]
}

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page
let api: Api
let branchId: string
let unpaid: Unpaid[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  unpaid = (await api<{ items: Unpaid[] }>('GET', '/invoices?unpaid=true&limit=100')).items.filter((invoice) => invoice.branchId === branchId && invoice.balanceAgorot > 10_000)
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'desk')
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const expectedOf = async (method: string): Promise<number> => (await api<Desk>('GET', `/cash-desk?branchId=${branchId}`)).means.find((one) => one.method === method)?.expectedAgorot ?? 0
const shekels = (agorot: number): string => String(agorot / 100)
const means = (number: number) => page.getByRole('group', { name: `אמצעי תשלום ${number}` })
let before: Record<string, number>

async function openUnpaid(index: number): Promise<Unpaid> {
  const invoice = unpaid[index]
  if (!invoice) throw new Error('the demo has unpaid visits in its first branch')
  await page.goto(`${product.url}/invoices/${invoice.id}`)
  await page.getByRole('heading', { name: 'קבלת תשלום' }).waitFor()
  return invoice
}

test('fifty shekels in cash and the rest by card are one payment and one document', async () => {
  before = { cash: await expectedOf('cash'), card: await expectedOf('card'), cheque: await expectedOf('cheque') }
  const { balanceAgorot } = await openUnpaid(0)
  const first = means(1)
  await first.getByRole('radio', { name: 'מזומן' }).check()
  await first.getByRole('textbox', { name: 'סכום בש״ח' }).fill('50')
  await page.getByRole('button', { name: 'פיצול לאמצעי נוסף' }).click()
  // The keyboard goes on where the next means begins: its kind, then its sum, which is what is left.
  const second = means(2)
  await expect.poll(() => second.getByRole('radio', { name: 'כרטיס אשראי' }).evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  await expect.poll(() => second.getByRole('textbox', { name: 'סכום בש״ח' }).inputValue()).toBe(shekels(balanceAgorot - 5_000))
  await second.getByRole('textbox', { name: '4 ספרות אחרונות' }).fill('4580')
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('התשלום נרשם').first().waitFor()
  await page.getByRole('heading', { name: /חשבונית מס\/קבלה/, level: 1 }).waitFor()
  await page.getByText('4580').first().waitFor()
  await expect.poll(() => expectedOf('cash')).toBe((before['cash'] ?? 0) + 5_000)
  expect(await expectedOf('card')).toBe((before['card'] ?? 0) + balanceAgorot - 5_000)
})

test('a cheque for next month is a receipt now, and says when its tax invoice comes', async () => {
  const { balanceAgorot } = await openUnpaid(1)
  const first = means(1)
  await first.getByRole('radio', { name: 'המחאה' }).check()
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByText('לשיק נדרשים מספר, בנק, סניף, חשבון ותאריך פירעון').waitFor()
  for (const [field, value] of [['מספר שיק', '101'], ['בנק', '12'], ['סניף', '605'], ['חשבון', '778899'], ['תאריך פירעון', '22/12/2026']] as const) await first.getByRole('textbox', { name: field }).fill(value)
  await first.getByRole('textbox', { name: 'תאריך פירעון' }).press('Tab')
  await page.getByText('חשבונית המס תופק מאליה ביום הפירעון').waitFor()
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByRole('heading', { name: /^קבלה/, level: 1 }).waitFor()
  await page.getByText('לפירעון').first().waitFor()
  expect(await expectedOf('cheque')).toBe((before['cheque'] ?? 0) + balanceAgorot)
})

test('the desk is closed with ten shekels missing and a reason, and what comes later is of the next day', async () => {
  await page.getByRole('link', { name: 'קופה', exact: true }).click()
  await page.getByRole('heading', { name: 'סגירת קופה', level: 1 }).waitFor()
  const { means: expected } = await api<Desk>('GET', `/cash-desk?branchId=${branchId}`)
  const names: Record<string, string> = { cash: 'מזומן', card: 'כרטיס אשראי', transfer: 'העברה בנקאית', bit: 'ביט', cheque: 'המחאה' }
  for (const { method, payments, expectedAgorot } of expected)
    if (method === 'cash' || payments > 0) await page.getByRole('textbox', { name: `נספר: ${names[method]}` }).fill(shekels(expectedAgorot - (method === 'cash' ? 1_000 : 0)))
  await page.getByRole('textbox', { name: 'הסבר להפרש: מזומן' }).waitFor() // as soon as it differs
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'סגירת הקופה' }).click()
  await page.getByText('יש הפרש: נא לכתוב הסבר').first().waitFor()
  await page.getByRole('textbox', { name: 'הסבר להפרש: מזומן' }).fill('עודף שניתן בטעות')
  // The news of the closing overtakes its answer, as it may on a busy line.
  await page.route('**/api/cash-closings', async (route) => {
    const response = await route.fetch()
    await page.getByText('הקופה של היום נסגרה').first().waitFor()
    await route.fulfill({ response })
  }, { times: 1 })
  await page.getByRole('button', { name: 'סגירת הקופה' }).click()

  await page.getByRole('button', { name: 'הדפסה' }).waitFor()
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'מזומן' }).first().innerText()).toContain('עודף שניתן בטעות')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('link', { name: 'חזרה לקופה' }).click()
  await page.getByText('הקופה של היום נסגרה').first().waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'סגירת הקופה' }).count()).toBe(0)
  await openUnpaid(2)
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByText('התשלום נרשם').first().waitFor()
  await page.getByRole('link', { name: 'קופה', exact: true }).click()
  const payments = page.getByRole('region', { name: 'התקבולים' }).first()
  await payments.getByText('כרטיס אשראי').first().waitFor()
  expect(opened.troubles).toEqual([])
})

test('it reads in English and on a phone', async () => {
  await turnLanguage(page, 'he')
  await page.getByRole('heading', { name: 'Closing the cash desk' }).waitFor()
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})
