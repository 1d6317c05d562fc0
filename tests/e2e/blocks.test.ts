// A doctor goes on leave over booked visits: nobody is forgotten until each is rebooked, cancelled or left with a reason.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { barriers, openAs, type OpenPage, turnLanguage } from './page.ts'

interface Story {
  language: 'he' | 'en'
  /** Until when the leave lasts: over three visits of that morning. */
  until: string
  from: string
  to: string
  nav: string
  page: string
  block: string
  title: string
  allDay: string
  doctor: string
  saveWithHits: RegExp
  hits: RegExp
  suggest: RegExp
  free: string
  cancel: RegExp
  byClinic: string
  leave: RegExp
  leaveSave: string
  reason: string
  none: string
  holidays: string
  independence: RegExp
  open: string
  closeDays: RegExp
  years: string
  closed: RegExp
}

const hebrew: Story = {
  language: 'he', until: '09:15', from: 'משעה', to: 'עד שעה', nav: 'שיבוץ מחדש', page: 'שיבוץ מחדש', block: 'חסימת זמן', title: 'מה רואים ביומן', allDay: 'כל היום', doctor: 'ד״ר מיכל לוי',
  saveWithHits: /לשיבוץ מחדש$/, hits: /כבר קבוע/, suggest: /^הצעות למועד/, free: 'מועדים פנויים', cancel: /^ביטול התור/, byClinic: 'לבקשת המרפאה', leave: /^להשאיר כמו שהוא/, leaveSave: 'להשאיר כמו שהוא', reason: 'סיבה',
  none: 'אף תור לא ממתין לשיבוץ מחדש', holidays: 'חגי השנה', independence: /^יום העצמאות/, open: 'פתוח', closeDays: /^סגירה ב/, years: '2027/28', closed: /נקבע: סגור/,
}
const english: Story = {
  language: 'en', until: '10:45', from: 'From', to: 'To', nav: 'Rebooking', page: 'Rebooking', block: 'Block time', title: 'Shown in the diary', allDay: 'All day', doctor: 'Dr Yossi Cohen',
  saveWithHits: /to rebook$/, hits: /booked in this time/, suggest: /^Suggest times/, free: 'Free times', cancel: /^Cancel the visit/, byClinic: 'The clinic asked', leave: /^Leave as it is/, leaveSave: 'Leave as it is', reason: 'Reason',
  none: 'No visit waits to be rebooked', holidays: 'Holidays of the year', independence: /^Independence Day/, open: 'Open', closeDays: /^Close on/, years: '2027/28', closed: /Decided: Closed/,
}

const date = '2026-11-25' // a Wednesday ahead

let product: TestProduct
let browser: Browser
let desk: OpenPage
let other: OpenPage

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  ;[desk, other] = (await Promise.all(['desk', 'owner'].map(enter))) as [OpenPage, OpenPage] // one for each name
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const enter = (who: string): Promise<OpenPage> => openAs(browser, product.url, who)

const articles = (page: Page): Locator => page.getByRole('article')
const go = (page: Page, place: string): Promise<void> => page.getByRole('navigation').first().getByRole('link', { name: place }).click()

describe.each([hebrew, english])('in $language', (story) => {
  beforeAll(async () => {
    if (story.language === 'en') await turnLanguage(desk.page, 'he')
  })

  test("a doctor's leave over booked visits is shown, listed at every desk, and settled one by one", async () => {
    const { page } = desk
    await page.goto(`${product.url}/diary/${date}?view=day`)
    await page.locator('[data-event]').first().waitFor()
    // B blocks the day that is shown, by its physical key.
    await page.keyboard.press('b')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: story.title }).fill('כנס ארצי')
    await dialog.getByRole('checkbox', { name: story.doctor }).check()
    await dialog.getByRole('checkbox', { name: story.allDay }).uncheck()
    await dialog.getByRole('textbox', { name: story.from, exact: true }).fill('08:00')
    await dialog.getByRole('textbox', { name: story.to, exact: true }).fill(story.until)
    await dialog.getByRole('textbox', { name: story.to, exact: true }).press('Tab')
    await dialog.getByText(story.hits).waitFor()
    expect(await barriers(page)).toEqual([])
    await dialog.getByRole('button', { name: story.saveWithHits }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('[data-block]').filter({ hasText: 'כנס ארצי' }).first().waitFor()

    await go(page, story.nav)
    await page.getByRole('heading', { level: 1, name: story.page }).waitFor()
    await articles(page).first().waitFor()
    expect(await barriers(page)).toEqual([])
    await articles(page).nth(2).waitFor()
    expect(await articles(page).count()).toBe(3)
    // The other desk sees them without doing anything.
    await other.page.goto(`${product.url}/rebooking`)
    await articles(other.page).nth(2).waitFor()

    // One is moved to a free place that is offered.
    const moved = await nameOf(articles(page).nth(0))
    await articles(page).nth(0).getByRole('button', { name: story.suggest }).click()
    await articles(page).nth(0).getByRole('region', { name: story.free }).getByRole('button').first().click()
    await articles(page).filter({ hasText: moved }).waitFor({ state: 'hidden' })
    // One is cancelled.
    const cancelled = await nameOf(articles(page).nth(0))
    await articles(page).nth(0).getByRole('button', { name: story.cancel }).click()
    await page.getByRole('dialog').getByRole('button', { name: story.byClinic }).click()
    await articles(page).filter({ hasText: cancelled }).waitFor({ state: 'hidden' })
    // The third stays, with a reason; without one it is refused.
    await articles(page).getByRole('button', { name: story.leave }).click()
    const leaving = page.getByRole('dialog')
    await leaving.getByRole('button', { name: story.leaveSave, exact: true }).click()
    await leaving.getByRole('alert').waitFor()
    await leaving.getByRole('textbox', { name: story.reason }).fill('תתקבל אצל מחליף')
    await leaving.getByRole('button', { name: story.leaveSave, exact: true }).click()
    await page.getByText(story.none).waitFor()
    await articles(other.page).first().waitFor({ state: 'hidden' })
  })

  test('the holidays of the year are proposed and closed by one press', async () => {
    const { page } = desk
    await page.goto(`${product.url}/settings/dates`)
    await page.getByRole('button', { name: story.holidays }).click()
    const dialog = page.getByRole('dialog')
    if (story.language === 'en') await dialog.getByRole('button', { name: story.years }).click()
    await dialog.getByRole('listitem').first().waitFor()
    expect(await barriers(page)).toEqual([])
    // The clinic works on Independence Day; everything else as usual.
    const group = dialog.getByRole('group', { name: story.independence })
    await group.getByRole('button', { name: story.open, exact: true }).click()
    await dialog.getByRole('button', { name: story.closeDays }).click()
    await dialog.waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: story.holidays }).click()
    if (story.language === 'en') await dialog.getByRole('button', { name: story.years }).click()
    await dialog.getByText(story.closed).first().waitFor()
    await group.waitFor() // still to be decided, if somebody wants
    await page.keyboard.press('Escape')
    // On such a day the diary says why it is empty.
    await page.goto(`${product.url}/diary/${story.language === 'he' ? '2027-04-22' : '2028-04-11'}?view=day`)
    await page.locator('[data-block]').filter({ hasText: story.language === 'he' ? 'פסח' : 'Passover' }).first().waitFor()
  })
})

test('nothing went wrong on the way', () => {
  expect([...desk.troubles, ...other.troubles]).toEqual([])
})

const nameOf = async (article: Locator): Promise<string> => (await article.getAttribute('aria-label')) ?? ''
