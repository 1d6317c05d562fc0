// What a practitioner is paid, by the keyboard: a rule, the month that it makes, a laboratory's cost that is taken off.
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

const doctor = 'ד״ר מיכל לוי'
const rowOf = (name: string) => page.getByRole('region', { name: 'תשלום למטפלים' }).getByRole('row').filter({ hasText: name })

test('a doctor without a rule has one of forty per cent, and the month follows', async () => {
  await page.getByRole('link', { name: 'דוחות', exact: true }).click()
  await page.getByRole('link', { name: 'תשלום למטפלים' }).click()
  await page.getByRole('heading', { name: 'תשלום למטפלים', level: 1 }).waitFor()
  await rowOf(doctor).getByText('ללא כלל').waitFor()
  await page.getByRole('button', { name: 'כלל חדש' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'כלל חדש' })
  await dialog.getByRole('textbox', { name: 'אחוז' }).fill('140')
  await dialog.getByRole('combobox', { name: 'מטפל/ת' }).press('Enter')
  await page.getByRole('option', { name: doctor }).press('Enter')
  await dialog.getByRole('textbox', { name: 'אחוז' }).press('Enter')
  await dialog.getByText('יש לכתוב אחוז בין 0 ל-100.').waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'אחוז' }).fill('40')
  await dialog.getByRole('textbox', { name: 'אחוז' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => rowOf(doctor).getByText('ללא כלל').count()).toBe(0)
  await expect.poll(() => rowOf(doctor).innerText()).not.toMatch(/(?<!\d)0\.00/)
})

test('what a laboratory asked is taken off by the same part', async () => {
  await rowOf(doctor).getByRole('button', { name: doctor }).press('Enter')
  const statement = page.getByRole('region', { name: doctor })
  await statement.getByRole('button', { name: /^רישום עלות מעבדה/ }).first().press('Enter')
  const dialog = page.getByRole('dialog', { name: 'רישום עלות מעבדה' })
  await dialog.getByRole('textbox', { name: 'שם המעבדה' }).fill('מעבדת כתר')
  await dialog.getByRole('textbox', { name: 'סכום ללא מע״מ, בש״ח' }).fill('100')
  await dialog.getByRole('textbox', { name: 'סכום ללא מע״מ, בש״ח' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const costs = page.getByRole('region', { name: 'עלויות מעבדה' })
  await expect.poll(() => costs.getByRole('row').filter({ hasText: 'מעבדת כתר' }).innerText()).toMatch(/100\.00[\s\S]*40\.00/)
  await expect.poll(() => rowOf(doctor).innerText()).toMatch(/-40\.00/)
  expect(await barriers(page)).toEqual([])
  const [file] = await Promise.all([page.waitForEvent('download'), statement.getByRole('button', { name: 'הורדה כ-PDF' }).press('Enter')])
  expect(file.suggestedFilename()).toBe('shares 2026-11.pdf')
  await costs.getByRole('button', { name: 'הסרת העלות של מעבדת כתר' }).press('Enter')
  await costs.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'ביטול הפעולה' }).press('Enter') // taken back
  await costs.getByRole('row').filter({ hasText: 'מעבדת כתר' }).waitFor()
  expect(opened.troubles).toEqual([])
})

test('it reads in English and on a phone', async () => {
  await turnLanguage(page, 'he')
  await page.getByRole('heading', { name: 'Practitioners’ pay', level: 1 }).waitFor()
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
})
