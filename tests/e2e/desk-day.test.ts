// What a receptionist does with an empty time, a lost race and a mistake, as the day brings it: by mouse and by keyboard, in Hebrew and in English.
import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import type { FreeSlots } from '@yoman/contract/availability'
import type { Settings } from '@yoman/contract/settings'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { apiOf } from './api-of.ts'
import { choose, findPatient, hebrew } from './desk.ts'
import { barriers, openAs, type OpenPage, turnLanguage } from './page.ts'

const empty = '2027-02-09' // a Tuesday on which nobody is booked yet
const shared = '2027-02-10'
const doctor = 'ד״ר מיכל לוי'
let product: TestProduct
let browser: Browser
let desk: OpenPage
let page: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  desk = await openAs(browser, product.url, 'desk')
  page = desk.page
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the right button on an empty time offers what can be done with it, and a block begins there', async () => {
  await openDay(page, empty)
  await rightClick(page, doctor, '10:00')
  const menu = page.getByRole('menu', { name: 'מה אפשר לעשות במשבצת' })
  await expect.poll(() => menu.getByRole('menuitem').allInnerTexts()).toEqual(['קביעת תור כאן', 'שיבוץ מרשימת ההמתנה', expect.stringMatching(/^הנחת התור של .+ כאן$/), 'חסימת הזמן הזה', 'משימה לשעה הזאת'])
  expect(await barriers(page)).toEqual([])
  await menu.getByRole('menuitem', { name: 'חסימת הזמן הזה' }).click()
  const dialog = page.getByRole('dialog', { name: 'חסימת זמן ביומן' })
  await dialog.getByLabel('מה רואים ביומן').fill('בדיקת מכשירים')
  await expect.poll(() => dialog.getByLabel('משעה').inputValue()).toBe('10:00')
  await expect.poll(() => dialog.getByLabel('עד שעה').inputValue()).toBe('11:00')
  await dialog.getByRole('button', { name: 'חסימה', exact: true }).click()
  const block = column(page, doctor).locator('[data-block]').filter({ hasText: 'בדיקת מכשירים' })
  await block.waitFor()
  await page.getByText('הזמן נחסם').waitFor()
  await dialog.waitFor({ state: 'detached' }) // in a field Ctrl+Z is the field's
  await page.keyboard.press('Control+z')
  await block.waitFor({ state: 'detached' })
})

test('by keyboard the menu opens at the cursor, and the focus comes back to it', async () => {
  await page.locator('.grid-layer').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'משימה לשעה הזאת' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'משימה חדשה' })
  await dialog.getByLabel('מה לעשות').fill('לבדוק אם המעבדה שלחה')
  await expect.poll(() => dialog.getByLabel('עד תאריך').inputValue()).toBe('09/02/2027')
  await dialog.getByRole('button', { name: 'שמירה' }).press('Enter')
  await page.getByText('המשימה נשמרה').waitFor()
  await page.locator('.grid-layer:focus').waitFor()
})

test('a booking that finds no time that suits becomes an entry of the waitlist, with what was filled in', async () => {
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'קביעת תור כאן' }).press('Enter')
  const booking = page.getByRole('dialog', { name: 'תור חדש' })
  await booking.getByRole('combobox', { name: 'מטופל/ת' }).fill('יעל')
  const hit = page.getByRole('option').first()
  await hit.waitFor()
  await hit.click()
  await choose(booking, 'סוג ביקור', /^סתימה/)
  await booking.getByLabel('הערה לדלפק').fill('בטלפון רק בערב')
  await booking.getByRole('button', { name: 'רישום לרשימת ההמתנה' }).click()
  const entry = page.getByRole('dialog', { name: /^רישום להמתנה: יעל/ })
  await entry.waitFor()
  await expect.poll(() => entry.getByRole('combobox', { name: 'סוג ביקור' }).innerText()).toContain('סתימה')
  await expect.poll(() => entry.getByRole('button', { name: doctor }).getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => entry.getByLabel('הערה לקבלה').inputValue()).toBe('בטלפון רק בערב')
  await entry.getByRole('button', { name: 'שמירה' }).click()
  await page.getByText(/^נרשם להמתנה: יעל/).waitFor()
})

test('a booking that begins at an entry of the waitlist settles it, and undo brings it back', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'המתנה', exact: true }).click()
  const waiting = page.getByRole('list', { name: 'ממתינים' }).getByRole('listitem').filter({ hasText: 'בטלפון רק בערב' })
  await waiting.getByRole('button', { name: /^עוד פעולות/ }).click()
  await page.getByRole('menuitem', { name: 'קביעת תור' }).click()
  const booking = page.getByRole('dialog', { name: 'תור חדש' })
  await expect.poll(() => booking.getByRole('checkbox', { name: /^התור הזה במקום ההמתנה לסתימה/ }).isChecked()).toBe(true)
  await expect.poll(() => booking.getByLabel('הערה לדלפק').inputValue()).toBe('בטלפון רק בערב')
  await booking.getByRole('region', { name: 'המועדים הפנויים הבאים' }).getByRole('listitem').getByRole('button').first().click()
  await booking.getByRole('button', { name: /^קביעת תור/ }).click()
  await page.getByText(/^נקבע תור: יעל/).waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'המתנה', exact: true }).click()
  await page.getByRole('list', { name: 'ממתינים' }).waitFor()
  await waiting.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await waiting.waitFor()
})

describe('two desks and one visit', () => {
  let slow: OpenPage
  const visit = (on: Page): Locator => column(on, on === page ? doctor : 'Dr Michal Levi').locator('[data-event]')

  beforeAll(async () => {
    await openDay(page, shared)
    await rightClick(page, doctor, '10:00')
    await page.getByRole('menuitem', { name: 'קביעת תור כאן' }).click()
    const booking = page.getByRole('dialog', { name: 'תור חדש' })
    await findPatient(booking, hebrew, 'כהן', 'כהן')
    await choose(booking, 'סוג ביקור', /^סתימה/)
    await booking.getByRole('button', { name: /^קביעת תור/ }).click()
    await visit(page).filter({ hasText: '10:00' }).waitFor()
    slow = await openAs(browser, product.url, 'desk2')
    await Promise.all([slow.page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/me')), turnLanguage(slow.page, 'he')])
    // From now on it hears nothing of what others do, as on a bad line.
    await slow.context.route('**/api/live*', (route) => route.abort())
    await openDay(slow.page, shared, 'Dr Michal Levi')
    await visit(slow.page).filter({ hasText: '10:00' }).waitFor()
    await slow.page.locator('[data-connection-lost]').waitFor() // it says so above the grid, which goes down by a line then
  })
  afterAll(() => slow.context.close())

  test('a move that comes too late shows mine beside theirs, and can be done upon theirs', async () => {
    await drag(page, visit(page), 1)
    await visit(page).filter({ hasText: '11:00' }).waitFor()
    await page.getByText(/הועבר$/).first().waitFor()

    await drag(slow.page, visit(slow.page), 0.5)
    const dialog = slow.page.getByRole('dialog', { name: /has changed meanwhile$/ })
    await expect.poll(() => dialog.getByRole('region', { name: 'Your change' }).innerText()).toContain('10:30–')
    const theirs = dialog.getByRole('region', { name: 'In the diary now' })
    await expect.poll(() => theirs.innerText()).toMatch(/11:00–/)
    await expect.poll(() => theirs.innerText()).toMatch(/Changed by \S+/)
    await slow.page.locator('[data-event]').filter({ hasText: '11:00' }).waitFor() // behind it the truth is shown already
    expect(await barriers(slow.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Move it from here to 10:30' }).click()
    for (const on of [slow.page, page]) await visit(on).filter({ hasText: '10:30' }).waitFor()
  })

  test('a note that comes too late is not lost: both are read, and theirs stays if I say so', async () => {
    const [mine, theirs] = ['Asked for a wheelchair', 'מגיעים עם כיסא גלגלים']
    await visit(slow.page).click()
    const note = slow.page.getByRole('textbox', { name: 'Note for the desk' })
    await note.fill(mine)
    await visit(page).click()
    await page.getByRole('textbox', { name: 'הערה לדלפק' }).fill(theirs)
    await page.getByRole('textbox', { name: 'הערה לדלפק' }).blur()
    await page.getByText(/^ההערה לתור של .* נשמרה$/).waitFor()

    await note.blur()
    const dialog = slow.page.getByRole('dialog', { name: /has changed meanwhile$/ })
    await expect.poll(() => dialog.getByRole('region', { name: 'Your change' }).innerText()).toContain(mine)
    await expect.poll(() => dialog.getByRole('region', { name: 'In the diary now' }).innerText()).toContain(theirs)
    await dialog.getByRole('button', { name: 'Keep what is in the diary' }).click()
    await expect.poll(() => note.inputValue()).toBe(theirs)
  })
})

test('where a visit stands is not offered as a time to move it to, until its length is another', async () => {
  const day = '2027-02-11'
  const api = await apiOf(product.url, 'desk')
  const [{ branches }, { visitTypes }, { items }] = await Promise.all([api<{ branches: { id: string }[] }>('GET', '/me'), api<Pick<Settings, 'visitTypes'>>('GET', '/settings'), api<{ items: { id: string }[] }>('GET', '/patients?limit=1')])
  const visitType = visitTypes.find(({ active, durationMinutes }) => active && durationMinutes <= 30)
  const [branchId, visitTypeId] = [branches[0]?.id ?? '', visitType?.id]
  const { days } = await api<FreeSlots>('POST', '/slot-searches', { branchId, visitTypeId, fromDate: day, days: 1 })
  const slot = days[0]?.slots[0] // the first of the day, so its place is among the first that are offered
  const { id } = await api<{ id: string }>('POST', '/appointments', { id: randomUUID(), branchId, patientId: items[0]?.id, visitTypeId, practitionerId: slot?.practitionerId, startsAt: slot?.startsAt })

  await openDay(page, day)
  await page.locator(`[data-event="${id}"]`).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'העברה למועד אחר' }).click()
  const dialog = page.getByRole('dialog', { name: /העברת התור/ })
  const own = await dialog.getByLabel('שעה', { exact: true }).inputValue()
  const first = dialog.getByRole('region', { name: hebrew.freeTimes }).getByRole('listitem').first().getByRole('button').first()
  await first.waitFor()
  expect(await first.innerText()).not.toContain(own)
  await dialog.getByLabel('משך בדקות').fill(String((visitType?.durationMinutes ?? 0) + 5))
  await page.keyboard.press('Tab')
  await expect.poll(() => first.innerText()).toContain(own)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('a visit that its dialog moves to another day is shown there by one press', async () => {
  await openDay(page, '2026-11-23')
  const card = page.locator('.card-movable').first()
  const id = (await card.getAttribute('data-event')) ?? ''
  await card.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'העברה למועד אחר' }).click()
  const dialog = page.getByRole('dialog', { name: /העברת התור/ })
  const otherDay = dialog.getByRole('region', { name: hebrew.freeTimes }).getByRole('listitem').filter({ hasNotText: '23 בנוב' })
  await otherDay.getByRole('button').first().click()
  await dialog.getByRole('button', { name: /^העברת תור/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'הצגת התור ביומן' }).click()
  await expect.poll(() => page.url()).not.toContain('2026-11-23')
  await page.locator(`[data-event="${id}"]`).waitFor()
})

/** Opens a day and waits until its columns are there. */
async function openDay(on: Page, day: string, name = doctor): Promise<void> {
  await on.goto(`${product.url}/diary/${day}`)
  await column(on, name).waitFor()
}

const column = (on: Page, name: string): Locator => on.getByRole('group', { name, exact: true })

/** Presses the right button in somebody's column at a full hour. */
async function rightClick(on: Page, name: string, hour: string): Promise<void> {
  const [line, box] = await Promise.all([on.locator('.grid-axis bdi').getByText(hour, { exact: true }).boundingBox(), column(on, name).boundingBox()])
  if (!line || !box) throw new Error(`no ${hour} or no ${name} on screen`)
  await on.mouse.click(box.x + box.width / 2, line.y + line.height / 2 + 6, { button: 'right' })
}

/** Drags a card down its column by so many hours. */
async function drag(on: Page, card: Locator, hours: number): Promise<void> {
  const [ten, eleven, box] = await Promise.all([...['10:00', '11:00'].map((hour) => on.locator('.grid-axis bdi').getByText(hour, { exact: true }).boundingBox()), card.boundingBox()])
  if (!ten || !eleven || !box) throw new Error('no hours or no card on screen')
  const [x, y, to] = [box.x + box.width / 2, box.y + 6, box.y + 6 + hours * (eleven.y - ten.y)]
  await on.mouse.move(x, y)
  await on.mouse.down()
  await on.mouse.move(x, (y + to) / 2, { steps: 4 })
  await on.mouse.move(x, to, { steps: 4 })
  await on.mouse.up()
}
