// The tooth chart in the room: by pointer and by keyboard alone, in Hebrew and in English, and what it leaves in the record.
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
  opened = await openAs(browser, product.url, 'doctor')
  ;({ page } = opened)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** A tooth by its number: how it is read out begins with it. */
const tooth = (number: string) => page.getByRole('radio', { name: new RegExp(`^(שן|Tooth) ${number},`) })
const heard = async (number: string): Promise<string> => (await tooth(number).getAttribute('aria-label')) ?? ''

test('a tooth is chosen and a face is marked by a press; what is noted is in the chart, in words too', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'חדר הטיפול' }).click()
  await page.getByRole('main').getByRole('listitem').getByRole('link').nth(2).click()
  await page.getByRole('button', { name: 'התחלת הטיפול' }).click()
  await tooth('37').locator('[data-face=O]').click()
  await tooth('37').locator('[data-face=D]').click()
  const panel = page.getByRole('region', { name: 'שן 37' })
  await panel.getByRole('combobox', { name: 'מה' }).click()
  await page.getByRole('option', { name: 'סתימה', exact: true }).click()
  await panel.getByRole('button', { name: 'מתוכנן' }).click()
  await panel.getByRole('button', { name: 'רישום' }).click()
  await expect.poll(() => heard('37')).toContain('מתוכנן: סתימה OD')
  expect(await barriers(page)).toEqual([])
})

test('what is done next is noted on the chosen tooth, and what was planned is closed by one press', async () => {
  await page.getByRole('combobox', { name: /הוספה מהמחירון/ }).fill('סתימה לבנה, שני')
  await page.getByRole('option', { name: /סתימה לבנה, שני משטחים/ }).click()
  await expect.poll(() => page.getByLabel('שן: סתימה לבנה, שני משטחים').inputValue()).toBe('37')
  await expect.poll(() => heard('37')).toContain('נעשה: סתימה לבנה, שני משטחים OD')
  const panel = page.getByRole('region', { name: 'שן 37' })
  await panel.getByRole('button', { name: 'בוצע', exact: true }).click()
  await expect.poll(() => heard('37')).not.toContain('מתוכנן')
  await page.keyboard.press('Control+z')
  await expect.poll(() => heard('37')).toContain('מתוכנן: סתימה OD')
})

test('in English by keyboard alone: arrows as the teeth stand, letters for the faces, milk teeth too', async () => {
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/me'))
  await turnLanguage(page, 'he')
  await kept
  await tooth('37').focus()
  for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'Home', 'End', 'ArrowLeft']) await page.keyboard.press(key) // 36, 26, 27, 18, 28, 27
  await page.locator('[data-tooth="27"]:focus').waitFor()
  await page.keyboard.press('m')
  await page.keyboard.press('p') // palatal
  const panel = page.getByRole('region', { name: 'Tooth 27' })
  await panel.getByRole('button', { name: 'Mesial', pressed: true }).waitFor()
  await panel.getByRole('button', { name: 'Palatal', pressed: true }).waitFor()
  await panel.getByRole('button', { name: 'Note it' }).press('Enter')
  await expect.poll(() => heard('27')).toContain('Planned: Filling MP')
  expect(await heard('27')).toContain('second molar, upper left')
  await page.getByRole('checkbox', { name: 'Milk teeth' }).press('Space')
  await tooth('27').focus()
  await page.keyboard.press('ArrowDown')
  await page.locator('[data-tooth="65"]:focus').waitFor()
  expect(await barriers(page)).toEqual([])
})

test("the patient's page shows the same teeth, also on a phone", async () => {
  await page.getByRole('link', { name: 'Whole record' }).click()
  await page.getByRole('tab', { name: 'Teeth' }).click()
  await expect.poll(() => heard('27')).toContain('Planned: Filling MP')
  expect(await barriers(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await sideways(page)).toBe(0)
  expect(opened.troubles).toEqual([])
})
