// A price list of the clinic's own: typed without a mouse, carried out to a spreadsheet and back, and told where the doctor notes what was done.
import { readFile } from 'node:fs/promises'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import english from '../../apps/web/src/locales/en/prices.json' with { type: 'json' }
import englishRoom from '../../apps/web/src/locales/en/room.json' with { type: 'json' }
import hebrew from '../../apps/web/src/locales/he/prices.json' with { type: 'json' }
import hebrewRoom from '../../apps/web/src/locales/he/room.json' with { type: 'json' }
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

interface Item { id: string; code: string; name: string; nameEn: string; priceAgorot: number; changes: { from: string; priceAgorot: number }[] }
interface List { id: string; name: string; prices: { priceItemId: string; priceAgorot: number }[] }

let product: TestProduct
let browser: Browser
let owner: Api

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  owner = await apiOf(product.url, 'owner')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const items = async (): Promise<Item[]> => (await owner<{ priceItems: Item[] }>('GET', '/settings')).priceItems
const listNamed = async (name: string): Promise<List | undefined> => (await owner<{ items: List[] }>('GET', '/price-lists')).items.find((list) => list.name === name)

describe.each([
  { language: 'he', words: hebrew, room: hebrewRoom, save: 'שמירה', nameLabel: 'שם', visit: 0 },
  { language: 'en', words: english, room: englishRoom, save: 'Save', nameLabel: 'Name', visit: 1 },
] as const)('in $language', ({ language, words, room, save, nameLabel, visit }) => {
  const name = language === 'he' ? 'מחירון הבית' : 'House list'
  const opened = async (who: string): Promise<OpenPage> => {
    const window = await openAs(browser, product.url, who)
    // The language is the person's own and stays from one window to the next.
    if (language === 'en' && (await window.page.locator('html').getAttribute('lang')) === 'he') await turnLanguage(window.page, 'he')
    return window
  }
  const nameOf = (item: Item): string => (language === 'en' ? item.nameEn : item.name)
  const field = (dialog: Locator, item: Item): Locator => dialog.getByRole('textbox', { name: words.ownOf.replace('{name}', nameOf(item)), exact: true })

  test('the owner types a list by keyboard, takes it to a spreadsheet and back, raises and copies it', async () => {
    const [first, second, third] = await items()
    if (!first || !second || !third) throw new Error('the demo has no prices')
    const { page, context, troubles } = await opened('owner')
    await page.goto(`${product.url}/settings/price-lists`)
    await page.getByRole('button', { name: words.add }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(nameLabel, { exact: true }).fill(name)
    await field(dialog, first).fill('150')
    await field(dialog, first).press('Enter')
    await page.keyboard.type('220')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('abc')
    await dialog.getByRole('button', { name: save, exact: true }).click()
    await dialog.getByRole('alert').filter({ hasText: third.name }).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await field(dialog, third).fill('')
    const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: words.csvOut }).click()])
    const text = await readFile(await file.path(), 'utf8')
    expect(text.split('\r\n').slice(1, 3).map((line) => line.split(',').at(-1))).toEqual(['150.00', '220.00'])
    await dialog.locator('input[type=file]').setInputFiles({ name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(`${text.replace('150.00', '160.00')}ZZZ,?,5\r\n`) })
    await dialog.getByRole('status').filter({ hasText: 'ZZZ' }).waitFor()
    await expect.poll(() => field(dialog, first).inputValue()).toBe('160')
    await dialog.getByLabel(words.raiseBy).fill('10')
    await dialog.getByRole('button', { name: words.raiseApply }).click()
    await expect.poll(() => field(dialog, second).inputValue()).toBe('242')
    await dialog.getByRole('button', { name: save, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await listNamed(name))?.prices.toSorted((a, b) => a.priceAgorot - b.priceAgorot)).toEqual([{ priceItemId: first.id, priceAgorot: 17_600 }, { priceItemId: second.id, priceAgorot: 24_200 }])

    await page.getByRole('button', { name: words.copyOf.replace('{name}', name) }).click()
    await expect.poll(() => field(dialog, first).inputValue()).toBe('176')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await barriers(page)).toEqual([])
    expect(troubles).toEqual([])
    await context.close()
  })

  test('the doctor is told in the room what an item costs and why, and the line keeps it', async () => {
    const [first] = await items()
    if (!first) throw new Error('the demo has no prices')
    const { page, context, troubles } = await opened('doctor')
    await page.goto(`${product.url}/room`)
    await page.getByRole('main').getByRole('listitem').getByRole('link').nth(visit + 2).click()
    await page.getByRole('button', { name: room.startTreatment }).click()
    await page.getByRole('combobox', { name: room.addProcedure }).fill(first.code)
    const option = page.getByRole('option').filter({ hasText: first.code }).first()
    await option.filter({ hasText: name }).filter({ hasText: '176' }).click()
    const line = page.getByRole('region', { name: room.done }).getByRole('row').filter({ hasText: words.byList })
    await line.filter({ hasText: name }).filter({ hasText: '176' }).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(troubles).toEqual([])
    await context.close()
    const list = await listNamed(name)
    const { id, ...fields } = list ?? expect.fail('the list is there')
    await owner('PUT', `/price-lists/${id}`, { ...fields, active: false }) // the other language has a list of its own
  })
})

test('all general prices are raised from a day on, which stands beside them', async () => {
  const [before] = await items()
  const { page, context, troubles } = await openAs(browser, product.url, 'owner')
  if ((await page.locator('html').getAttribute('lang')) === 'en') await turnLanguage(page, 'en')
  await page.goto(`${product.url}/settings/prices`)
  await page.getByRole('main').getByRole('button', { name: hebrew.raiseAll }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(hebrew.raiseBy).fill('10')
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: hebrew.raiseAll }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: before?.code ?? '' }).filter({ hasText: '01/12/2026' }).first().waitFor()
  expect((await items())[0]?.changes).toEqual([{ from: '2026-12-01', priceAgorot: Math.round(((before?.priceAgorot ?? 0) * 1.1) / 100) * 100 }])
  expect(await barriers(page)).toEqual([])
  expect(troubles).toEqual([])
  await context.close()
})
