// The life of a cheque at the desk, in Hebrew: brought to the bank on a slip, returned by it, and owed again.
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
let api: Api

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  api = await apiOf(product.url, 'desk')
  const branchId = (await api<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  const unpaid = (await api<{ items: { id: string; branchId: string; balanceAgorot: number }[] }>('GET', '/invoices?unpaid=true&limit=100')).items.find((one) => one.branchId === branchId && one.balanceAgorot > 10_000)
  if (!unpaid) throw new Error('the demo has unpaid visits in its first branch')
  const cheque = { number: '90417', bank: '12', branch: '605', account: '778899', dueOn: '2026-11-22' }
  await api('POST', '/split-payments', { invoiceId: unpaid.id, branchId, means: [{ id: randomUUID(), method: 'cheque', amountAgorot: unpaid.balanceAgorot, cheque }] })
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'desk')
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a cheque whose day has come goes to the bank on a numbered slip', async () => {
  await page.getByRole('link', { name: 'קופה', exact: true }).click()
  await page.getByRole('link', { name: 'שיקים', exact: true }).click()
  await page.getByRole('heading', { name: 'שיקים', level: 1 }).waitFor()
  await page.getByRole('checkbox', { name: 'להפקיד את שיק 90417' }).press('Space')
  await expect.poll(() => page.getByRole('checkbox', { name: 'להפקיד את שיק 90417' }).isChecked()).toBe(true)
  await page.getByRole('textbox', { name: 'חשבון הבנק' }).fill('הפועלים 605')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('textbox', { name: 'חשבון הבנק' }).press('Enter')
  await page.getByRole('heading', { name: 'תעודת הפקדה 1', level: 1 }).waitFor()
  await page.getByRole('row').filter({ hasText: '90417' }).waitFor()
  await page.getByText('הפועלים 605').first().waitFor()
  expect(await barriers(page)).toEqual([])
})

test('the bank paid the slip, said by one press', async () => {
  await page.getByRole('button', { name: 'כל ההפקדה נפרעה' }).press('Enter')
  await page.getByRole('row').filter({ hasText: '90417' }).getByRole('cell', { name: 'נפרעו' }).waitFor()
  expect(await barriers(page)).toEqual([])
})

test('returned by the bank it is owed again, on the document where other money is taken', async () => {
  await page.getByRole('link', { name: 'חזרה לשיקים' }).click()
  await page.getByRole('button', { name: 'נפרעו', exact: true }).click()
  await page.getByRole('button', { name: 'חזר מהבנק: שיק 90417' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'הסיבה של הבנק' }).fill('אין כיסוי מספיק')
  await dialog.getByRole('textbox', { name: 'עמלת הבנק בש״ח' }).fill('22.50')
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'חזר מהבנק' }).click()
  await page.getByRole('heading', { name: 'קבלת תשלום' }).waitFor()
  await page.getByText('חזר מהבנק: אין כיסוי מספיק').first().waitFor()
  await page.getByRole('radio', { name: 'ביט' }).first().check()
  await page.getByRole('button', { name: 'רישום התשלום' }).click()
  await page.getByText('התשלום נרשם').first().waitFor()
  await page.getByRole('heading', { name: /^קבלה/, level: 1 }).waitFor()
  expect(opened.troubles).toEqual([])
})

test('it reads in English and on a phone', async () => {
  await page.goto(`${product.url}/cheques`)
  await page.getByRole('heading', { name: 'שיקים', level: 1 }).waitFor()
  await turnLanguage(page, 'he')
  await page.getByRole('heading', { name: 'Cheques', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Returned', exact: true }).click()
  await page.getByText('90417').first().waitFor()
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})
