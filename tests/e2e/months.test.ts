// What the clinic earns, and a month that is closed, by the keyboard: the figures open what they are made of.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let opened: OpenPage
let page: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  opened = await openAs(browser, product.url, 'owner')
  page = opened.page
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the chart is walked by arrows, and a bar opens the documents that it is made of', async () => {
  await page.getByRole('link', { name: 'דוחות', exact: true }).click()
  await page.getByRole('heading', { name: 'דוחות', level: 1 }).waitFor()
  const chart = page.getByRole('group', { name: 'תרשים' })
  await chart.getByRole('button').first().focus()
  for (let month = 1; month < 10; month += 1) await page.keyboard.press('ArrowLeft')
  const october = chart.getByRole('button', { name: /^אוקטובר 2026/ })
  await expect.poll(() => october.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Enter')
  const pieces = page.getByRole('dialog', { name: /אוקטובר 2026/ })
  await pieces.getByRole('link', { name: /חשבונית/ }).first().waitFor()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await pieces.waitFor({ state: 'detached' })
})

test('a month is closed with what is open in it only with a reason, and keeps its sums', async () => {
  await page.getByRole('link', { name: 'סגירת חודשים' }).click()
  await page.getByRole('heading', { name: 'סגירת חודשים', level: 1 }).waitFor()
  const close = page.getByRole('button', { name: 'סגירת אוקטובר 2026' })
  await close.press('Enter')
  const reason = page.getByRole('textbox', { name: 'מדוע לסגור בכל זאת' })
  await expect.poll(() => reason.getAttribute('aria-invalid')).toBe('true')
  expect(await barriers(page)).toEqual([])
  await reason.fill('הקופות נספרו ביומן של רואת החשבון')
  await reason.press('Enter')
  await page.getByText('החודש סגור').first().waitFor()
  await page.getByText('הסכומים זהים לסכומים ביום הסגירה.').waitFor()
  expect(await barriers(page)).toEqual([])
})

test('the owner opens the newest closed month again, with a reason that stays', async () => {
  const why = page.getByRole('textbox', { name: 'מדוע לפתוח מחדש' })
  await why.fill('חסר זיכוי')
  await why.press('Enter')
  await page.getByText('החודש פתוח').first().waitFor()
  await page.getByText('נפתח מחדש על ידי').first().waitFor()
  expect(opened.troubles).toEqual([])
})

test('they read in English and on a phone', async () => {
  await turnLanguage(page, 'he')
  await page.getByRole('heading', { name: 'Closing months', level: 1 }).waitFor()
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  await page.goto(`${product.url}/reports?group=practitioner&view=cash`)
  await page.getByRole('group', { name: 'Chart' }).getByRole('button').first().waitFor()
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})
