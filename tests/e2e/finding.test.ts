// Finding: a word of long ago within one record, and all the patients that something holds of.
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PatientPage } from '@yoman/contract/patients'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { barriers, openAs, type OpenPage, sideways, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let doctor: Api
let patientId: string

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  doctor = await apiOf(product.url, 'doctor')
  patientId = await plantWord()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Adds a rare word to a note that was signed before today, and answers whose it is. */
async function plantWord(): Promise<string> {
  const { items } = await doctor<{ items: { patient: { id: string } }[] }>('GET', '/room-days?date=2026-11-22')
  for (const { patient } of items) {
    const { encounters } = await doctor<PatientPage>('GET', `/patients/${patient.id}`)
    const signed = encounters?.findLast(({ status }) => status === 'signed')
    if (!signed) continue
    await doctor('POST', `/encounters/${signed.id}/amendments`, { id: randomUUID(), reason: 'תוספת', body: 'רגישות לקְלִינְדָמִיצִין' })
    return patient.id
  }
  throw new Error('nobody of today has a signed note')
}

const found = (page: Page) => page.getByRole('tabpanel').locator('mark')

describe('within one record', () => {
  test.each([[{ width: 1280, height: 800 }], [{ width: 390, height: 700 }]])('a doctor finds a word of an old note in three strokes and opens it, at %j', async (size) => {
    const { page, context, troubles } = await openAs(browser, product.url, 'doctor', size)
    await page.goto(`${product.url}/patients/${patientId}?part=details`)
    await page.getByRole('tabpanel').waitFor()
    await page.keyboard.press('Slash')
    await page.getByRole('searchbox', { name: 'חיפוש בכל התיק' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('קלי')
    await expect.poll(() => found(page).allInnerTexts()).toEqual(['לקְלִי'])
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.keyboard.press('ArrowDown')
    await page.locator('a:focus mark').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('part') === 'notes')
    expect(troubles).toEqual([])
    await context.close()
  })

  test('whoever may not read notes finds nothing of them', async () => {
    const { page, context } = await openAs(browser, product.url, 'desk')
    await page.goto(`${product.url}/patients/${patientId}`)
    await page.getByRole('searchbox', { name: 'חיפוש בכל התיק' }).fill('קלי')
    await page.getByRole('tabpanel').getByText('לא נמצא דבר מתאים').waitFor()
    expect(await found(page).count()).toBe(0)
    await context.close()
  })
})

const spoken = {
  he: { filter: 'סינון מטופלים', by: 'סינון לפי…', more: 'תנאי נוסף', age: 'גיל', notSeen: 'לא ביקרו', year: '12 חודשים', count: /^\d+ מטופלים$/, save: 'שמירת הרשימה', name: 'שם הרשימה', all: 'לכל הצוות', keep: 'שמירה', kept: 'נשמרה', clear: 'ניקוי הסינון', lists: 'רשימות', list: 'ילדים לזימון' },
  en: { filter: 'Filter patients', by: 'Filter by…', more: 'Another condition', age: 'Age', notSeen: 'Not seen', year: 'for 12 months', count: /^\d+ patients$/, save: 'Save the list', name: 'Name of the list', all: 'For all the staff', keep: 'Save', kept: 'was saved', clear: 'Clear the filter', lists: 'Lists', list: 'Children to call' },
}

describe('across patients', () => {
  let opened: OpenPage
  beforeAll(async () => void (opened = await openAs(browser, product.url, 'owner')))
  afterAll(async () => void (await opened?.context.close()))

  test.each(['he', 'en'] as const)('an owner builds the children who were not seen for a year, keeps the list and opens it again, in %j', async (language) => {
    const words = spoken[language]
    const { page } = opened
    if (language === 'en') await turnLanguage(page, 'he')
    await page.goto(`${product.url}/patients`)
    const bar = page.getByRole('region', { name: words.filter })
    const condition = (name: string) => bar.getByRole('group', { name, exact: true })
    for (const [button, kind] of [[words.by, words.age], [words.more, words.notSeen]] as const) {
      await bar.getByRole('button', { name: button }).click()
      await page.getByRole('menuitem', { name: kind, exact: true }).click()
      await condition(kind).waitFor()
    }
    await condition(words.notSeen).getByText(words.year).waitFor()
    await bar.getByText(words.count).waitFor()
    const expected = (await (await apiOf(product.url, 'owner'))<{ count: number }>('POST', '/patient-counts', { conditions: [{ kind: 'age', from: null, to: 11 }, { kind: 'not_seen', months: 12 }] })).count
    await expect.poll(() => bar.getByText(words.count).innerText().then(Number.parseInt)).toBe(expected)
    expect(await barriers(page)).toEqual([])

    await bar.getByRole('button', { name: words.save }).click()
    const dialog = page.getByRole('dialog', { name: words.save })
    await dialog.getByLabel(words.name).fill(words.list)
    await dialog.getByRole('button', { name: words.all }).click()
    await dialog.getByRole('button', { name: words.keep, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await bar.getByRole('button', { name: words.clear }).click()
    await condition(words.age).waitFor({ state: 'detached' })
    await page.reload()
    await bar.getByRole('button', { name: words.lists }).click()
    await page.getByRole('menuitem', { name: words.list }).click()
    await condition(words.notSeen).waitFor()
    await expect.poll(() => bar.getByText(words.count).innerText().then(Number.parseInt)).toBe(expected)

    await page.setViewportSize({ width: 390, height: 700 })
    expect(await sideways(page)).toBe(0)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('table').getByRole('link').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('tabpanel').waitFor()
    expect(opened.troubles).toEqual([])
  })

  test('a list of the clinic is at hand for the desk too', async () => {
    const { page, context } = await openAs(browser, product.url, 'desk')
    await page.goto(`${product.url}/patients`)
    await page.getByRole('button', { name: spoken.he.lists, exact: true }).click()
    await page.getByRole('menuitem', { name: spoken.he.list }).click()
    await expect.poll(() => page.getByRole('region', { name: spoken.he.filter }).getByText(spoken.he.count).count()).toBe(1)
    await context.close()
  })
})
