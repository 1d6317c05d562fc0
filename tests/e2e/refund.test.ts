// A treatment that was paid and not done, in Hebrew: the owner credits it from the list and gives half of it back, the desk gives the rest, and the drawer has less.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Document {
  id: string
  kind: string
  number: number
  branchId: string
  totalAgorot: number
  creditedAgorot: number
  patient: { id: string }
}
interface Desk {
  means: { method: string; expectedAgorot: number }[]
}

let product: TestProduct
let browser: Browser
let owner: OpenPage
let desk: OpenPage
let api: Api
let paid: Document

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'owner')
  const branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  const found = (await api<{ items: Document[] }>('GET', '/invoices?kind=320&limit=100')).items.find((one) => one.branchId === branchId && one.totalAgorot > 20_000 && one.totalAgorot % 1_000 === 0)
  if (!found) throw new Error('the demo has paid visits in its first branch')
  paid = found
  browser = await testBrowser()
  owner = await openAs(browser, product.url, 'owner')
  desk = await openAs(browser, product.url, 'desk')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const cash = async (): Promise<number> => (await api<Desk>('GET', `/cash-desk?branchId=${paid.branchId}`)).means.find((one) => one.method === 'cash')?.expectedAgorot ?? 0
const shekels = (agorot: number): string => String(agorot / 100)

test('the owner credits a document of the patient by keyboard, sees what will be done, and gives a part back in cash', async () => {
  const { page } = owner
  await page.goto(`${product.url}/patients/${paid.patient.id}?part=invoices`)
  const button = page.getByRole('button', { name: `זיכוי של חשבונית מס/קבלה ${paid.number}`, exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  const doing = dialog.getByRole('region', { name: 'מה ייעשה' })
  await doing.waitFor()
  await dialog.getByRole('button', { name: 'הפקת זיכוי והחזר הכסף' }).click()
  await dialog.getByText('נא לכתוב את סיבת הזיכוי').waitFor()

  await dialog.getByRole('button', { name: 'לפי סכום' }).click()
  await dialog.getByRole('textbox', { name: 'סכום הזיכוי בש״ח' }).fill(shekels(paid.totalAgorot + 1))
  await dialog.getByRole('textbox', { name: 'סיבת הזיכוי' }).fill('הטיפול לא בוצע')
  await page.keyboard.press('Enter')
  await dialog.getByText('סכום הזיכוי אינו תקין').waitFor()
  await dialog.getByRole('textbox', { name: 'סכום הזיכוי בש״ח' }).fill('100')
  await expect.poll(() => doing.innerText()).toContain('100.00')

  const back = dialog.getByRole('group', { name: 'החזר 1' })
  await back.getByRole('radio', { name: 'מזומן' }).check()
  await back.getByRole('textbox', { name: 'סכום בש״ח' }).fill('40')
  await expect.poll(() => doing.innerText()).toMatch(/40\.00[\s\S]*60\.00/) // given back, and what stays
  expect(await barriers(page)).toEqual([])
  const before = await cash()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^חשבונית זיכוי/, level: 1 }).waitFor()
  await page.getByText('הטיפול לא בוצע').first().waitFor()
  await page.getByText('המטופל חותם על העתק שלו').waitFor()
  await page.getByRole('link', { name: /אישור החזר תשלום/ }).waitFor()
  expect(await cash()).toBe(before - 4_000)
  expect(await barriers(page)).toEqual([])
})

test('the desk may not credit, and gives back what is left of it, by card with its approval', async () => {
  const { page } = desk
  await page.goto(`${product.url}/patients/${paid.patient.id}?part=invoices`)
  await page.getByText('זוכתה חלקית').first().waitFor()
  await expect.poll(() => page.getByRole('button', { name: /^זיכוי של/ }).count()).toBe(0)
  await page.getByRole('button', { name: /^החזר כסף לפי/ }).click()
  const dialog = page.getByRole('dialog')
  const back = dialog.getByRole('group', { name: 'החזר 1' })
  await back.getByRole('radio', { name: 'כרטיס אשראי' }).check()
  await back.getByRole('textbox', { name: 'סכום בש״ח' }).fill('60.01')
  await back.getByRole('textbox', { name: 'מספר אישור ההחזר' }).fill('0077')
  await page.keyboard.press('Enter')
  await dialog.getByText('ההחזר גדול מהסכום שאפשר להחזיר').waitFor()
  await back.getByRole('textbox', { name: 'סכום בש״ח' }).fill('60')
  expect(await barriers(page)).toEqual([])
  // The answer is lost after it was written: what was typed stays, and sent again it finds its own voucher.
  await page.route('**/api/invoices/*/refunds', async (route) => { await route.fetch(); await route.abort() }, { times: 1 })
  const vouchers = page.locator('tbody').getByText('אישור החזר תשלום')
  const listed = await vouchers.count()
  const renewed = page.waitForResponse((one) => one.request().method() === 'GET' && /\/api\/invoices\/[^/?]+$/.test(one.url()))
  await page.keyboard.press('Enter')
  await dialog.getByText('אין קשר לשרת').waitFor()
  await renewed
  await expect.poll(() => vouchers.count()).toBe(listed + 1)
  await expect.poll(() => back.getByRole('textbox', { name: 'סכום בש״ח' }).inputValue()).toBe('60')
  await dialog.getByRole('button', { name: 'רישום ההחזר' }).click()
  await page.getByRole('heading', { name: /^אישור החזר תשלום/, level: 1 }).waitFor()
  await page.getByText('0077').first().waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'החזר כסף' }).count()).toBe(0)

  await page.getByRole('link', { name: 'קופה', exact: true }).click()
  await page.getByRole('heading', { name: 'סגירת קופה', level: 1 }).waitFor()
  await page.getByText('בניכוי החזרים למטופלים').first().waitFor()
  const money = page.getByRole('region', { name: 'התקבולים וההחזרים' }).first()
  await money.getByText('אישור החזר תשלום').first().waitFor()
  expect(await barriers(page)).toEqual([])
  expect(desk.troubles).toEqual([])
})

test('the rest is credited by its lines from the list of all documents, in English and on a phone', async () => {
  const { page } = owner
  await turnLanguage(page, 'he')
  await page.goto(`${product.url}/invoices`)
  await page.getByRole('heading', { name: 'Invoices', level: 1 }).waitFor()
  await page.getByRole('button', { name: /^Credit Tax invoice-receipt/ }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'By lines' }).click()
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByRole('textbox', { name: 'Reason for the credit' }).fill('Billed twice')
  await dialog.getByRole('checkbox', { name: 'Give the money back now' }).uncheck()
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  // The answer is lost after it was written: what was chosen stays, and sent again it finds its own credit note.
  await page.route('**/api/invoices/*/credits', async (route) => { await route.fetch(); await route.abort() }, { times: 1 })
  const renewed = page.waitForResponse((one) => one.request().method() === 'GET' && /\/api\/invoices\/[^/?]+$/.test(one.url()))
  await dialog.getByRole('button', { name: 'Issue the credit note' }).click()
  await dialog.getByText('No connection to the server').waitFor()
  await renewed
  await expect.poll(() => dialog.getByRole('checkbox').first().isChecked()).toBe(true)
  // Pressed twice: one credit note.
  await dialog.getByRole('button', { name: 'Issue the credit note' }).dblclick()
  await page.getByRole('heading', { name: /^Credit note/, level: 1 }).waitFor()
  await page.getByText('Still to be given back to the patient').waitFor()
  const credits = (await api<{ items: Document[] }>('GET', '/invoices?kind=330&limit=100')).items
  expect(credits.map(({ number }) => number)).toEqual([2, 1])
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  expect(owner.troubles).toEqual([])
})
