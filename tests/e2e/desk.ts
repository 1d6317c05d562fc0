import type { Locator, Page } from 'playwright-core'

/** Names of things on the screen, as a desk reads them; the story is played in both languages. */
export interface DeskWords {
  newBooking: string
  patient: string
  visitType: string
  practitioner: string
  book: RegExp
  freeTimes: string
  nextDay: string
  diary: string
}

export const hebrew: DeskWords = { newBooking: 'תור חדש', patient: 'מטופל/ת', visitType: 'סוג ביקור', practitioner: 'מטפל/ת', book: /^קביעת תור/, freeTimes: 'המועדים הפנויים הבאים', nextDay: 'היום הבא', diary: 'יומן' }
export const english: DeskWords = { newBooking: 'New appointment', patient: 'Patient', visitType: 'Visit type', practitioner: 'Practitioner', book: /^Book/, freeTimes: 'Next free times', nextDay: 'Next day', diary: 'Diary' }

/** The grid's card of a patient, on the day that is shown. */
export const card = (page: Page, name: string): Locator => page.locator('[data-event]').filter({ hasText: name })

/** Chooses in one of our lists, by what a reader sees. */
export async function choose(within: Locator | Page, list: string, option: string | RegExp): Promise<void> {
  await within.getByRole('combobox', { name: list }).click()
  const page = 'page' in within ? within.page() : within
  await page.getByRole('option', { name: option }).click()
}

/** Opens the booking by its key and says what for; who comes is still to be said. */
export async function beginBooking(page: Page, words: DeskWords, type: string | RegExp, practitioner: string): Promise<Locator> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: words.newBooking })
  await choose(dialog, words.visitType, type)
  await choose(dialog, words.practitioner, practitioner)
  return dialog
}

/** The free times that the booking offers on a day, in their order; the day is as the list writes it. */
export const freeTimes = (dialog: Locator, words: DeskWords, day: string | RegExp): Locator =>
  dialog.getByRole('region', { name: words.freeTimes }).getByRole('listitem').filter({ hasText: day }).getByRole('button')

/** Finds a patient by what is typed and takes the hit. */
export async function findPatient(dialog: Locator, words: DeskWords, typed: string, name: string): Promise<void> {
  await dialog.getByRole('combobox', { name: words.patient }).fill(typed)
  await dialog.page().getByRole('option', { name }).first().click()
}

/**
 * Walks the grid's cursor down its first column to a card that is read out with this name. Each step is heard before the next. What
 * else is said meanwhile may swallow a step's words, or hold the name too: the cursor must stand on the card, and who comes to the
 * end of the column without having heard of it walks once more.
 */
export async function walkToCard(page: Page, name: string): Promise<void> {
  await page.locator('.grid-layer').focus()
  await hearStep(page, 'ArrowDown') // where the cursor stands nowhere yet, an arrow sets it down
  for (let walks = 0; walks < 3; walks += 1) {
    let heard = await hearStep(page, 'Home')
    for (let steps = 0; steps < 80 && heard !== null; steps += 1) {
      if (heard.includes(name) && (await standsOn(page, name))) return
      heard = await hearStep(page, 'ArrowDown')
    }
  }
  throw new Error(`no card in the first column is read out as ${name}`)
}

/** Null where nothing is said, as at the end of a column. */
async function hearStep(page: Page, key: string): Promise<string | null> {
  const said = page.locator('p[aria-live]')
  const before = await said.textContent() // with the invisible space that tells two same sentences apart
  await page.keyboard.press(key)
  for (const until = Date.now() + 3_000; Date.now() < until; ) if ((await said.textContent()) !== before) return said.innerText()
  return null
}

async function standsOn(page: Page, name: string): Promise<boolean> {
  const cursor = await page.locator('.grid-cursor').boundingBox()
  const boxes = await Promise.all((await card(page, name).all()).map((one) => one.boundingBox()))
  return boxes.some((box) => box && cursor && Math.abs(box.y - cursor.y) < 3 && box.x < cursor.x + cursor.width && cursor.x < box.x + box.width)
}
