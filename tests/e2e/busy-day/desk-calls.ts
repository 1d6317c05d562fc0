import { errors, type Locator, type Page } from 'playwright-core'
import { hebrew } from '../desk.ts'
import type { Hour } from './hour.ts'

type Call = (page: Page, number: number) => Promise<string>

const families = ['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון', 'דהן', 'אברהם', 'פרידמן'] as const

/** What people call a clinic for, in the mix of a morning. */
const round: readonly Call[] = [book, look, checkIn, book, move, cancel, checkIn, book, look, move]

/** One desk answers its calls one after the other, as a person does with mouse and keys. Answers what came of each. */
export async function answerCalls(page: Page, desk: number, calls: number, hour: Hour): Promise<string[]> {
  const outcomes: string[] = []
  for (let call = 0; call < calls; call += 1) {
    hour.callCameIn()
    const answer = round[call % round.length] ?? book
    outcomes.push(await answer(page, call * 2 + desk)) // even cards for one desk, odd ones for the other
    await backToToday(page)
  }
  return outcomes
}

async function backToToday(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const today = page.getByRole('button', { name: 'היום', exact: true })
  if (await today.isEnabled()) await today.click()
  await page.locator('[data-event]').first().waitFor()
}

/** Books the first free place; whoever was slower takes the next one. */
async function book(page: Page, number: number): Promise<string> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: hebrew.newBooking })
  await dialog.getByRole('combobox', { name: hebrew.patient }).fill(families[number % families.length] ?? '')
  await page.getByRole('option').nth(number % 5).click()
  await dialog.getByRole('combobox', { name: hebrew.visitType }).click()
  await page.getByRole('option', { name: number % 3 === 0 ? 'ניקוי והסרת אבנית' : 'בדיקה תקופתית' }).click()
  return takeFree(page, dialog, hebrew.book, 0)
}

async function move(page: Page, number: number): Promise<string> {
  if (!(await pressInMenu(page, number, 'העברה למועד אחר'))) return 'too late to move'
  // The first one offered may be where the visit stands.
  return takeFree(page, page.getByRole('dialog', { name: /העברת התור/ }), /^העברת תור/, 3)
}

async function takeFree(page: Page, dialog: Locator, button: RegExp, which: number): Promise<string> {
  const free = dialog.getByRole('region', { name: hebrew.freeTimes }).getByRole('listitem').getByRole('button')
  for (let tries = 0; tries < 8; tries += 1) {
    await free.nth(which).click()
    await dialog.getByRole('button', { name: button }).click()
    const refused = dialog.getByRole('alert')
    await Promise.race([dialog.waitFor({ state: 'detached' }), refused.first().waitFor()])
    if ((await dialog.count()) === 0) return 'booked'
  }
  await page.keyboard.press('Escape')
  return 'gave up'
}

async function cancel(page: Page, number: number): Promise<string> {
  if (!(await pressInMenu(page, number, 'ביטול התור'))) return 'too late to cancel'
  await page.getByRole('dialog').getByRole('button', { name: 'לבקשת המטופל/ת' }).click()
  return 'cancelled'
}

async function checkIn(page: Page, number: number): Promise<string> {
  return (await pressInMenu(page, number, 'סימון הגעה')) ? 'arrived' : 'was here already'
}

/** Presses an item in the menu of a card that can still be changed; false where a room was faster and the item is gone. */
async function pressInMenu(page: Page, number: number, item: string): Promise<boolean> {
  const ahead = page.locator('[data-event]').filter({ hasText: /נקבע|אושר/ })
  const count = await ahead.count()
  if (count === 0) return false
  await ahead.nth((count * 100 - 1 - number * 3) % count).click({ button: 'right' })
  const menu = page.getByRole('menu')
  await menu.waitFor().catch(async (error: unknown) => Promise.reject(new Error(`no menu at card ${number} for "${item}", but: ${await standing(page)}`, { cause: error })))
  const pressed = await menu.getByRole('menuitem', { name: item, exact: true }).click({ timeout: 2_000 }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error
      return false
    },
  )
  if (!pressed) await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  return pressed
}

/** What lies over the page and where the focus is. */
const standing = async (page: Page): Promise<string> => {
  const over = await page.locator('[role=dialog], [role=menu], [role=alert], [data-dismissable-layer]').evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 200)))
  const focused = await page.locator(':focus').evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 200)))
  return JSON.stringify({ path: new URL(page.url()).pathname, over, focused })
}

/** Somebody asks when their visit is: the desk finds them by name and reads their page. */
async function look(page: Page, number: number): Promise<string> {
  await page.keyboard.press('Control+KeyK')
  await page.locator('[role=search] input').fill(families[(number + 3) % families.length] ?? '')
  await page.getByRole('option').nth(number % 5).click()
  await page.getByRole('tabpanel').waitFor()
  await page.getByRole('navigation').getByRole('link', { name: hebrew.diary, exact: true }).click()
  return 'read'
}
