// A whole day of a busy clinic: two desks in two browsers answer forty calls while four rooms treat, and nobody loses anything.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { answerCalls } from './busy-day/desk-calls.ts'
import { fillDay, openClinic, type Clinic } from './busy-day/clinic.ts'
import { makeHour } from './busy-day/hour.ts'
import { clashes, type Ledger, makeLedger } from './busy-day/ledger.ts'
import { treatAll } from './busy-day/rooms.ts'
import { openAs, type OpenPage } from './page.ts'

const visitsOfTheDay = 250
const callsOfEachDesk = 20

let product: TestProduct
let browsers: Browser[]
let clinic: Clinic
let ledger: Ledger
let desks: OpenPage[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T05:00:00Z' }) // a Sunday, seven in the morning in Israel
  browsers = await Promise.all([testBrowser(), testBrowser()])
  clinic = await openClinic(product.url)
  ledger = makeLedger()
  await fillDay(clinic, visitsOfTheDay)
  await clinic.moveClock('2026-11-22T06:30:00Z')
  desks = await Promise.all([enter(browsers[0], 'desk'), enter(browsers[1], 'desk2')])
})

afterAll(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()))
  await product?.stop()
})

async function enter(browser: Browser | undefined, who: string): Promise<OpenPage> {
  if (!browser) throw new Error('no browser')
  const opened = await openAs(browser, product.url, who)
  await opened.page.locator('[data-event]').first().waitFor()
  ledger.listen(opened.page)
  return opened
}

test('forty calls and four rooms at once: no clash, nothing lost, both screens true', async () => {
  const before = await clinic.day()
  expect(before.length).toBeGreaterThanOrEqual(visitsOfTheDay)

  const [first, second] = desks.map(({ page }) => page) as [Page, Page] // one for each desk above
  const hour = makeHour(2 * callsOfEachDesk)
  const [treated, ...calls] = await Promise.all([treatAll(clinic, ledger, hour), answerCalls(first, 0, callsOfEachDesk, hour), answerCalls(second, 1, callsOfEachDesk, hour)])
  const outcomes = calls.flat()
  expect(outcomes).toHaveLength(2 * callsOfEachDesk)
  expect(outcomes.filter((outcome) => outcome === 'booked').length).toBeGreaterThanOrEqual(16) // what was asked for and still possible was done
  expect(treated).toBeGreaterThan(100)

  const after = await clinic.day()
  expect(clashes(after)).toEqual([])
  expect(await ledger.lost(clinic)).toEqual([])

  // Both screens show what is so, without anybody having reloaded them.
  const shown = await clinic.shown()
  for (const page of [first, second]) {
    await expect.poll(() => cardsOf(page), { timeout: 15_000 }).toEqual(shown)
  }
  expect(desks.map(({ troubles }) => troubles.filter((trouble) => !trouble.startsWith('409 ')))).toEqual([[], []])
}, 400_000)

const cardsOf = async (page: Page): Promise<string[]> => (await page.locator('[data-event]').evaluateAll((cards) => cards.map((card) => `${card.getAttribute('data-event')}`))).toSorted()
