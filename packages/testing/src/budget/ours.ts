import { v7 as uuid } from 'uuid'
import type { Page } from 'playwright-core'
import { atWallTime, type PlainDate, plainTime } from '@yoman/domain/time'
import type { MeasuringPlace } from '../bench/place.ts'
import type { LongHistory } from './long-history.ts'
import type { Measured } from './report.ts'
import { dragCost, fromNow, since } from './stopwatch.ts'

const cards = `document.querySelectorAll('[data-event]').length >= 240`
const pause = 600 // between two presses: a person looks before pressing again

/** One round of all that is measured, in a window that nobody has used before, as the clinic's desk. */
export async function measureOurs(page: Page, { origin, clinic }: MeasuringPlace, { book, long }: { book: Booker; long: LongHistory }, round: number, into: Measured): Promise<void> {
  await page.goto(origin)
  await page.locator('input[type=email]').fill(clinic.email)
  await page.locator('input[type=password]').fill(clinic.password)
  into['first diary after sign-in'].push(await since(page, 'keydown', cards, () => page.keyboard.press('Enter')))
  await page.waitForTimeout(pause)
  into['from day to day'].push(await since(page, 'keydown', `${cards} && ${isAnother(await firstCard(page))}`, () => page.keyboard.press('PageDown')))
  await page.waitForTimeout(pause)
  into['a change by somebody else'].push(await change(page, book, round))
  await page.locator(`[data-event]`).nth(100).scrollIntoViewIfNeeded()
  into['main thread for each move of a drag'].push(await dragCost(page, await middleOf(page), 100))
  await page.keyboard.press('Control+KeyK')
  await page.locator('[role=search] input:focus').waitFor()
  into['search results after a keystroke'].push(await since(page, 'input', `document.querySelectorAll('[role=option]').length > 0`, () => page.keyboard.insertText(['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון'][round % 5] ?? '')))
  await page.keyboard.press('ArrowDown')
  into['opening a patient'].push(await since(page, 'keydown', `location.pathname.startsWith('/patients/') && document.querySelector('[role=tabpanel] *') !== null`, () => page.keyboard.press('Enter')))
  await page.waitForTimeout(pause)
  await page.keyboard.press('Control+KeyK')
  await page.keyboard.insertText(long.phone)
  await page.getByRole('option').first().waitFor()
  into['opening 400 visits and 2,000 messages'].push(await since(page, 'keydown', `location.pathname === '/patients/${long.patientId}' && document.querySelectorAll('[role=tabpanel] ol li').length > 20`, () => page.keyboard.press('Enter')))
}

export type Booker = (number: number) => Promise<string>

/** A second desk, without a screen: books the free half hour of the n-th practitioner on `date`. Answers the visit's id. */
export function secondDesk({ origin, clinic }: MeasuringPlace, token: string, date: PlainDate): Booker {
  return async (number) => {
    const id = uuid()
    const startsAt = atWallTime('Asia/Jerusalem', date, plainTime('12:30')).toString()
    const body = { id, branchId: clinic.branchId, practitionerId: clinic.practitionerIds[number], visitTypeId: clinic.visitTypeId, patientId: clinic.patientIds[number], startsAt, durationMinutes: 30 }
    const answer = await fetch(`${origin}/api/appointments`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(`the second desk could not book: ${answer.status} ${await answer.text()}`)
    return id
  }
}

/** From the moment when another desk sends its booking until the card is on this screen. */
async function change(page: Page, book: Booker, round: number): Promise<number> {
  const before = await page.locator('[data-event]').count()
  return fromNow(page, `document.querySelectorAll('[data-event]').length > ${before}`, () => book(round))
}

const firstCard = (page: Page): Promise<string | null> => page.locator('[data-event]').first().getAttribute('data-event')
const isAnother = (id: string | null): string => `document.querySelector('[data-event]').dataset.event !== '${id}'`

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('[data-event]').nth(100).boundingBox()
  if (!box) throw new Error('the diary drew nothing')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
