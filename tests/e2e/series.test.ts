// Visits that repeat, at a desk that never touches the mouse: again in three months, a series over Passover, and all of it moved.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { beginBooking, card, type DeskWords, english, freeTimes, hebrew, walkToCard } from './desk.ts'
import { barriers, openPage, signIn, sideways, turnLanguage } from './page.ts'

// April 2027 is still empty in the demo clinic. The 22nd, a Thursday, is the first day of Passover.
const firstDay = '2027-04-01'
const visitType = 'בדיקה תקופתית'
const doctor = 'ד״ר מיכל לוי'

let product: TestProduct
let browser: Browser
let page: Page
let troubles: string[]

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' })
  browser = await testBrowser()
  const opened = await openPage(browser, product.url)
  page = opened.page
  troubles = opened.troubles
  await signIn(page, 'desk@shaked.example')
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const goTo = async (date: string): Promise<void> => {
  await page.goto(`${product.url}/diary/${date}`)
  await page.getByRole('application').waitFor()
}

/** Books the first free time of the day on screen for somebody new. */
async function bookNew(words: DeskWords, day: string | RegExp, name: string, type: string, who: string): Promise<string> {
  const dialog = await beginBooking(page, words, type, who)
  await dialog.getByRole('combobox', { name: words.patient }).fill(name)
  await page.getByRole('option', { name: new RegExp(`: ${name}$`) }).click()
  const slot = freeTimes(dialog, words, day).first()
  const time = (await slot.innerText()).trim()
  await slot.click()
  await dialog.getByRole('button', { name: words.book }).click()
  await card(page, name).waitFor()
  return time
}

/** Walks the keyboard's cursor down the first column to a card, opens its menu and chooses by the arrows. */
async function menuByKeys(name: string, item: string | RegExp): Promise<void> {
  await walkToCard(page, name)
  await page.keyboard.press('Shift+F10')
  await walkTo(page.getByRole('menuitem', { name: item }))
  await page.keyboard.press('Enter')
}

/** Walks down a menu or a list, a step at a time, until the item has the focus. */
async function walkTo(item: Locator): Promise<void> {
  await item.waitFor()
  const focused = page.locator('[role=menu]:focus, [role=menuitem]:focus, [role=option]:focus')
  for (let steps = 0; steps < 20 && !(await hasFocus(item)); steps += 1) {
    const before = await focused.innerText()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused.innerText()).not.toBe(before)
  }
}
const hasFocus = async (item: Locator): Promise<boolean> => (await item.and(page.locator(':focus')).count()) > 0

/** Tabs on until something of that role and name has the focus. */
async function tabTo(target: Locator): Promise<void> {
  for (let steps = 0; steps < 60 && !(await hasFocus(target)); steps += 1) await page.keyboard.press('Tab')
  expect(await hasFocus(target)).toBe(true)
}

test('again in three months: one item of the menu, and Enter books the same weekday and hour', async () => {
  const name = 'צביה חוזרת'
  await goTo(firstDay)
  const time = await bookNew(hebrew, /1 באפר/, name, visitType, doctor)
  await menuByKeys(name, 'תור נוסף בעוד 3 חודשים')
  const dialog = page.getByRole('dialog', { name: `תור נוסף: ${name}` })
  await dialog.getByRole('radio', { name: new RegExp(`1 ביולי 2027.*${time}`) }).waitFor() // the first of July is a Thursday too
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText(`נקבע תור: ${name}`).last().waitFor()
  await dialog.waitFor({ state: 'detached' })
  await goTo('2027-07-01')
  await card(page, name).filter({ hasText: time }).waitFor()
  await goTo(firstDay)
})

test('a weekly series over Passover is seen before it is booked, and the holiday comes on another day', async () => {
  const name = 'רחל סדרתית'
  const time = await bookNew(hebrew, /1 באפר/, name, visitType, doctor)
  await menuByKeys(name, /^קביעת סדרת תורים/)
  const dialog = page.getByRole('dialog', { name: `סדרת תורים: ${name}` })
  const rows = dialog.getByRole('list', { name: 'התורים בסדרה' }).getByRole('listitem')
  await expect.poll(() => rows.count()).toBe(5)
  const holiday = rows.filter({ hasText: 'פסח' })
  await holiday.filter({ hasText: '22 באפר' }).waitFor()
  await expect.poll(() => rows.filter({ hasText: 'כמבוקש' }).count()).toBe(4)
  const choice = holiday.getByRole('combobox')
  await tabTo(choice)
  await page.keyboard.press('Enter')
  await walkTo(page.getByRole('option', { name: /20 באפר/ })) // Tuesday of the same week
  await page.keyboard.press('Enter')
  await expect.poll(() => choice.innerText()).toContain('20 באפר')
  expect(await barriers(page)).toEqual([])
  const book = dialog.getByRole('button', { name: 'קביעת 5 תורים' })
  await tabTo(book)
  await page.keyboard.press('Enter')
  await page.getByText(`נקבעו 5 תורים: ${name}`).waitFor()
  await goTo('2027-04-20')
  await card(page, name).filter({ hasText: time }).waitFor()
  await card(page, name).click()
  await page.getByRole('button', { name: 'הסדרה: 4 מתוך 6', exact: true }).waitFor()
})

test('this and the following move to another day and hour; Ctrl+Z takes all of it back', async () => {
  const name = 'רחל סדרתית'
  await goTo('2027-04-15')
  const before = (await card(page, name).textContent()) ?? ''
  await moveOn(name)
  await page.keyboard.press('Control+z')
  await card(page, name).waitFor()
  await expect.poll(() => card(page, name).textContent()).toBe(before)
  await moveOn(name)
  for (const date of ['2027-04-14', '2027-05-05']) {
    await goTo(date)
    await card(page, name).filter({ hasText: '15:00' }).waitFor()
  }
  await goTo('2027-04-08')
  await expect.poll(() => card(page, name).textContent()).toBe(before.replace('3 מתוך 6', '2 מתוך 6')) // the second stays where it was
})

/** Moves the third of six visits and those after it to Wednesday at three, by its menu. */
async function moveOn(name: string): Promise<void> {
  await menuByKeys(name, 'הסדרה: 3 מתוך 6')
  const dialog = page.getByRole('dialog', { name: `סדרת התורים של ${name}` })
  await dialog.getByRole('textbox', { name: 'תאריך' }).fill('14/04/2027')
  await dialog.getByRole('textbox', { name: 'שעה' }).fill('15:00')
  await page.keyboard.press('Tab')
  const rows = dialog.getByRole('list', { name: 'התורים בסדרה' }).last().getByRole('listitem')
  await rows.filter({ hasText: '14 באפר' }).filter({ hasText: '15:00' }).waitFor()
  expect(await rows.count()).toBe(4) // the third to the sixth
  await rows.filter({ hasText: '19 באפר' }).waitFor() // the one that made way for Passover goes a day back with the others
  await tabTo(dialog.getByRole('button', { name: 'העברת 4 תורים' }))
  await page.keyboard.press('Enter')
  await page.getByText(`4 תורים הועברו: ${name}`).last().waitFor()
  await expect.poll(() => card(page, name).count()).toBe(0)
}

test('in English: the next one dragged by Alt and arrows brings the following along, and the series ends in one press', async () => {
  const name = 'Ruth Weekly'
  // The language is kept with the account: a page that is left before that comes back in Hebrew.
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/me'))
  await turnLanguage(page, 'he')
  await kept
  await goTo('2027-05-10')
  await bookNew(english, /10 May/, name, 'Check-up', 'Dr Michal Levi')
  await menuByKeys(name, /^Book a series/)
  const making = page.getByRole('dialog', { name: `Series of visits: ${name}` })
  await making.getByLabel('Visits in all').fill('3')
  await page.keyboard.press('Tab')
  const button = making.getByRole('button', { name: 'Book 2 visits' })
  await button.waitFor()
  await tabTo(button)
  await page.keyboard.press('Enter')
  await page.getByText(`2 visits booked: ${name}`).waitFor()
  await card(page, name).filter({ hasText: 'Series: 1 of 3' }).waitFor()
  await making.waitFor({ state: 'detached' })

  await page.getByRole('application').focus()
  await page.keyboard.down('Alt')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.up('Alt')
  await page.getByRole('button', { name: 'Move the following too' }).click()
  const dialog = page.getByRole('dialog', { name: `The series of ${name}` })
  const move = dialog.getByRole('button', { name: 'Move 2 visits' })
  await expect.poll(() => move.getAttribute('aria-busy')).toBe(null)
  await move.click()
  await page.getByText(`2 visits moved: ${name}`).waitFor()
  const moved = (await card(page, name).innerText()).match(/\d\d:\d\d/)?.[0] ?? ''
  await goTo('2027-05-24')
  await card(page, name).filter({ hasText: moved }).waitFor()

  await menuByKeys(name, 'Series: 3 of 3')
  await dialog.getByRole('button', { name: 'All that are left' }).click()
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click()
  await dialog.getByRole('button', { name: 'The patient asked' }).click()
  await page.getByText(`3 visits cancelled: ${name}`).waitFor()
  await expect.poll(() => card(page, name).count()).toBe(0)
  await page.keyboard.press('Control+z')
  await card(page, name).filter({ hasText: moved }).waitFor()
})

test('on a phone the next visit is proposed and booked without scrolling sideways', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await goTo('2027-05-24')
  await card(page, 'Ruth Weekly').click()
  await page.getByRole('button', { name: 'Again in 6 months' }).click()
  const dialog = page.getByRole('dialog', { name: 'Another visit: Ruth Weekly' })
  await dialog.getByRole('radio', { name: /22 Nov/ }).waitFor() // the 24th is a Wednesday; they come on Mondays
  expect(await sideways(page)).toBe(0)
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: english.book }).click()
  await page.getByText('Booked: Ruth Weekly').waitFor()
  expect(troubles).toEqual([])
})
