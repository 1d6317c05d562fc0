// The accountant's program hears of a document by itself; somebody changes and deletes it there, and the page of the books says so.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Visit {
  id: string
  status: string
  patient: { name: string } | null
}

let product: TestProduct
let browser: Browser
let desk: Api
let owner: OpenPage
let standIn: string
let visits: Visit[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  desk = await apiOf(product.url, 'desk')
  const branchId = (await desk<{ branches: { id: string }[] }>('GET', '/me')).branches[0]?.id ?? ''
  visits = (await desk<{ visits: Visit[] }>('GET', `/diary?branchId=${branchId}&date=2026-11-22`)).visits.filter(({ status, patient }) => patient && (status === 'booked' || status === 'confirmed'))
  browser = await testBrowser()
  owner = await openAs(browser, product.url, 'owner')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** A visit is over and paid by a transfer. @returns the number of its document. */
async function paidVisit(): Promise<number> {
  const { id } = visits.shift() ?? expect.fail('the demo has nobody today')
  for (const step of ['arrival', 'start', 'completion']) await desk('POST', `/appointments/${id}/${step}`, {})
  const bill = await desk<{ id: string; totalAgorot: number }>('POST', `/appointments/${id}/invoice`, {})
  const { receipts: [receipt] } = await desk<{ receipts: { number: number }[] }>('POST', '/split-payments', { invoiceId: bill.id, means: [{ id: crypto.randomUUID(), method: 'transfer', amountAgorot: bill.totalAgorot }] })
  return receipt?.number ?? expect.fail('a payment on a bill is receipted')
}

/** What somebody does by hand in the accountant's program. */
async function byHand(what: 'more' | 'delete', number: number): Promise<void> {
  const page = await (await fetch(standIn)).text()
  const id = new RegExp(`<tr><td>(\\d+)</td><td>[^<]*</td><td>YM320-${number}-`).exec(page)?.[1]
  const answer = await fetch(`${standIn}/by-hand`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ do: what, id: id ?? '' }) })
  expect(answer.status).toBe(303)
}

const row = (page: Page, number: number): Locator => page.getByRole('region', { name: 'מסמכים ומה שרשום שם' }).getByRole('row').filter({ has: page.getByRole('link', { name: `חשבונית מס/קבלה ${number}` }) })
const look = { timeout: 45_000 } // the worker's next look

test('the owner connects the clinic to the program, and is told whether it works', async () => {
  const { page } = owner
  await page.goto(`${product.url}/books`)
  await page.getByRole('tab', { name: 'סנכרון להנהלת חשבונות' }).click()
  standIn = (await page.getByRole('link', { name: /^http:\/\/127/ }).getAttribute('href')) ?? expect.fail('the demo has a stand-in')
  const form = page.getByRole('form', { name: 'חיבור' })
  await form.getByRole('button', { name: 'חיבור' }).click()
  await form.getByText('חסר').first().waitFor()
  await form.getByRole('textbox', { name: 'כתובת' }).fill(`${standIn}/odata/Priority/tabula.ini`)
  await form.getByRole('textbox', { name: 'חברה' }).fill('demo')
  await form.getByRole('textbox', { name: /^משתמש/ }).fill('yoman')
  await form.getByLabel('סיסמה').fill('wrong')
  expect(await barriers(page)).toEqual([])
  await form.getByRole('button', { name: 'חיבור' }).click()
  const connection = page.getByRole('region', { name: 'החיבור', exact: true })
  await connection.getByText('השירות לא מקבל את פרטי הכניסה').waitFor(look)
  await connection.getByRole('button', { name: 'שינוי החיבור' }).click()
  await form.getByRole('textbox', { name: /^משתמש/ }).fill('yoman')
  await form.getByLabel('סיסמה').fill('stand-in')
  await form.getByRole('button', { name: 'חיבור מחדש' }).click()
  await connection.getByText('מחובר', { exact: true }).waitFor(look)
})

test('a document goes by itself, and the page says what somebody did to it there', async () => {
  const { page } = owner
  const [changed, deleted] = [await paidVisit(), await paidVisit()]
  await row(page, changed).getByText('נשלח', { exact: true }).waitFor(look)
  await row(page, deleted).getByText('נשלח', { exact: true }).waitFor(look)
  const read = page.getByRole('button', { name: 'קריאה עכשיו' })
  await read.click()
  await row(page, changed).getByText('התקבל').waitFor(look)

  await byHand('more', changed)
  await byHand('delete', deleted)
  await expect.poll(() => read.getAttribute('aria-busy'), look).toBe(null)
  await read.click()
  await row(page, changed).getByText('שונה').waitFor(look)
  await row(page, changed).getByText('סכום אחר').waitFor()
  await row(page, deleted).getByText('חסר שם').waitFor()
  expect(await barriers(page)).toEqual([])

  await row(page, deleted).getByRole('button', { name: /^שליחה חוזרת של/ }).click()
  await row(page, deleted).getByText('נשלח', { exact: true }).waitFor(look)
  await expect.poll(async () => (await (await fetch(standIn)).text()).split(`YM320-${deleted}-`).length - 1).toBe(1)
})

test('says the same in English and on a phone', async () => {
  const { page, troubles } = owner
  await turnLanguage(page, 'he')
  await page.goto(`${product.url}/books`)
  await page.getByRole('tab', { name: 'Sync with accounting' }).click()
  await page.getByText('Another amount').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await barriers(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  expect(troubles).toEqual([])
})
