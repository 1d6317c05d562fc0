// The grid as two desks use it: dragging, keys, a finger, the parking tray, holds and the finder, in Hebrew and in English.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { choose, english, freeTimes, hebrew } from './desk.ts'
import { openAs, type OpenPage, signIn, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let windows: OpenPage[]
let desk: Page
let other: Page

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  windows = await Promise.all(['desk', 'desk2'].map(enter))
  ;[desk, other] = windows.map(({ page }) => page) as [Page, Page] // one for each name above
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const enter = (who: string): Promise<OpenPage> => openAs(browser, product.url, who, { width: 1280, height: 900 })

/** A day of its own for each story, so that none stumbles over another's cards. */
async function goTo(page: Page, date: string): Promise<void> {
  await page.goto(`${product.url}/diary/${date}`)
  await page.locator('.card').first().waitFor()
  await page.locator('.grid-layer').waitFor()
}
const at = (page: Page, id: string): Locator => page.locator(`[data-event="${id}"]`)
const words = async (page: Page, id: string): Promise<string> => (await at(page, id).textContent()) ?? ''

interface Found {
  id: string
  x: number
  y: number
  time: string
  /** Whose column it is in. */
  who: string
}

/** A short card that may be moved, with nothing beside it, whole on the screen, in a column that has room for it elsewhere. */
const loneCard = (page: Page): Promise<Found> =>
  page.evaluate(`(() => {
    ${roomIn}
    for (const card of document.querySelectorAll('.card')) {
      const box = card.getBoundingClientRect()
      const width = card.closest('.grid-column').getBoundingClientRect().width
      const spoken = card.querySelector('.card-spoken').textContent
      if (card.matches('.card-movable') && box.width > width - 14 && box.height > 20 && box.height < 86 && box.top > 200 && box.bottom < 800 && roomIn(card.closest('.grid-column')))
        return { id: card.dataset.event, x: box.left + box.width / 2, y: box.top + 8, time: spoken.slice(0, 11), who: card.closest('.grid-column').ariaLabel }
    }
    throw new Error('no card stands alone')
  })()`)

/** In the page: where a column has nearly an hour of working time without a card. */
const roomIn = `function roomIn(column) {
  const box = column.getBoundingClientRect()
  const x = box.left + box.width / 2
  for (let y = 180; y < 800; y += 6) {
    const free = [0, 14, 28, 42, 56, 70, 84].every((more) => { const under = document.elementsFromPoint(x, y + more); return under.includes(column) && !under.some((one) => one.matches('.card, .grid-closed')) })
    if (free) return { x, y: y + 10 }
  }
  return null
}`

/** An empty slot, in one column or in any. */
const emptySlot = (page: Page, who = ''): Promise<{ x: number; y: number }> =>
  page.evaluate(`(() => {
    ${roomIn}
    for (const column of document.querySelectorAll('.grid-column')) {
      const room = ${JSON.stringify(who)} === '' || column.ariaLabel === ${JSON.stringify(who)} ? roomIn(column) : null
      if (room) return room
    }
    throw new Error('the day is full')
  })()`)

const sayings = { he: { parking: 'חניית תורים', finder: 'חיפוש מועד פנוי', undo: 'ביטול הפעולה', held: /בקביעה: סיגל בר/ }, en: { parking: 'Parked', finder: 'Find a free time', undo: 'Undo', held: /Sigal Bar is booking/ } }

describe.each([
  ['he', hebrew, ['2026-12-14', '2026-12-15', '2027-02-09', '2026-12-17']],
  ['en', english, ['2026-12-21', '2026-12-16', '2027-02-10', '2026-12-24']],
] as const)('in %s', (language, names, [first, second, third, fourth]) => {
  beforeAll(async () => {
    if (language === 'en') await turnLanguage(desk, 'he')
  })

  test('a card goes where it is dragged, stays there without a question, and Ctrl+Z brings it back', async () => {
    await goTo(desk, first)
    const card = await loneCard(desk)
    const to = await emptySlot(desk, card.who)
    await desk.mouse.move(card.x, card.y)
    await desk.mouse.down()
    await desk.mouse.move(card.x + 20, card.y + 20, { steps: 3 })
    await desk.mouse.move(to.x, to.y, { steps: 5 })
    const ghost = desk.locator('.grid-ghost:not([hidden]) bdi').last()
    expect(await ghost.getAttribute('dir')).toBe('ltr')
    expect(await ghost.innerText()).toMatch(/^\d\d:\d\d–\d\d:\d\d$/)
    await desk.keyboard.press('Escape')
    await desk.mouse.up()
    expect(await words(desk, card.id)).toContain(card.time)

    await desk.mouse.move(card.x, card.y)
    await desk.mouse.down()
    await desk.mouse.move(card.x + 20, card.y + 20, { steps: 3 })
    await desk.mouse.move(to.x, to.y, { steps: 5 })
    const landing = (await ghost.innerText()).trim()
    await desk.mouse.up()
    await expect.poll(() => words(desk, card.id)).toContain(landing)
    await desk.getByRole('button', { name: sayings[language].undo }).first().waitFor() // the server has it
    expect(await desk.getByRole('dialog').count()).toBe(0)
    await desk.keyboard.press('Control+z')
    await expect.poll(() => words(desk, card.id)).toContain(card.time)
  })

  test("another desk's change comes while a card is held, and the drag goes on", async () => {
    await Promise.all([goTo(desk, first), goTo(other, first)])
    const mine = await loneCard(desk)
    const theirs = await other.locator(`.card:not(.card-held):not([data-event="${mine.id}"]).card-movable`).first().getAttribute('data-event')
    await desk.mouse.move(mine.x, mine.y)
    await desk.mouse.down()
    await desk.mouse.move(mine.x + 30, mine.y + 30, { steps: 4 })
    await desk.locator('.grid-ghost:not([hidden])').waitFor()
    const scroll = (): Promise<number> => desk.evaluate<number>(`document.querySelector('.day-grid').scrollTop`)
    const before = await scroll()
    await at(other, theirs ?? '').click({ button: 'right' })
    await other.getByRole('menuitem', { name: 'העברה לחניה' }).click()
    await desk.locator(`.card-parked[data-event="${theirs}"]`).waitFor()
    expect(await desk.locator('.grid-ghost:not([hidden])').count()).toBe(1)
    expect(await scroll()).toBe(before)
    await desk.keyboard.press('Escape')
    await desk.mouse.up()
    await other.keyboard.press('Control+z')
    await desk.locator(`.card-parked[data-event="${theirs}"]`).waitFor({ state: 'detached' })
  })

  test('a visit parked with X outlives a reload, is seen at the other desk, and is set down on another day by a press or V', async () => {
    await goTo(desk, second)
    const card = await loneCard(desk)
    await desk.mouse.click(card.x, card.y)
    await desk.keyboard.press('Escape') // the panel; the cursor stays on the card
    await desk.locator('.grid-layer').focus()
    const tray = (page: Page, name: string): Locator => page.getByRole('region', { name }).getByRole('listitem')
    await tray(desk, sayings[language].parking).first().waitFor()
    const others = await tray(desk, sayings[language].parking).count() // of the demo, parked before
    await desk.keyboard.press('x')
    await desk.locator(`.card-parked[data-event="${card.id}"]`).waitFor()
    await tray(desk, sayings[language].parking).nth(others).waitFor()
    await desk.reload()
    await tray(desk, sayings[language].parking).nth(others).waitFor()
    await goTo(other, second)
    await other.locator(`.card-parked[data-event="${card.id}"]`).waitFor()
    await tray(other, sayings.he.parking).nth(others).waitFor()

    await desk.goto(`${product.url}/diary/${third}`) // the same weekday, so that the same people work; far enough to be empty
    await desk.locator('.grid-layer').waitFor()
    await tray(desk, sayings[language].parking).nth(others).waitFor()
    const slot = await emptySlot(desk, card.who)
    if (language === 'he') await tray(desk, sayings.he.parking).nth(others).getByRole('button').first().click()
    await desk.mouse.click(slot.x, slot.y)
    if (language === 'en') {
      // Nothing was chosen, so the press books; the cursor stays on the slot, and V sets down there.
      await desk.getByRole('dialog', { name: names.newBooking }).waitFor()
      await desk.keyboard.press('Escape')
      await desk.getByRole('dialog').waitFor({ state: 'detached' })
      await desk.locator('.grid-layer').focus()
      await desk.keyboard.press('v')
    }
    await at(desk, card.id).waitFor()
    await tray(desk, sayings[language].parking).nth(others).waitFor({ state: 'detached' })
    await at(other, card.id).waitFor({ state: 'detached' })
    await expect.poll(() => desk.locator('.card-parked').count()).toBe(0)
  })

  test('the other desk sees who is booking, and the place is free again when the booking is given up', async () => {
    await Promise.all([goTo(desk, fourth), goTo(other, fourth)])
    const slot = await emptySlot(other)
    await other.mouse.click(slot.x, slot.y + 14) // the quarter hour that the press counts to must not begin under the card above
    const dialog = other.getByRole('dialog', { name: hebrew.newBooking })
    await choose(dialog, hebrew.visitType, 'בדיקה תקופתית')
    await freeTimes(dialog, hebrew, /./).first().click()
    const [day = '', month = '', year = ''] = (await dialog.getByLabel('תאריך', { exact: true }).inputValue()).split('/')
    if (`${year}-${month}-${day}` !== fourth) await goTo(desk, `${year}-${month}-${day}`)
    const held = desk.locator('.card-held').filter({ hasText: sayings[language].held })
    await held.waitFor()
    await other.keyboard.press('Escape')
    await held.waitFor({ state: 'detached' })
    expect(await dialog.count()).toBe(0)
  })

  test('F finds the first opening of each of the next days; arrows show it in the grid and Enter takes it', async () => {
    await goTo(desk, first)
    await desk.keyboard.press('f')
    const finder = desk.getByRole('region', { name: sayings[language].finder, exact: true })
    await finder.getByRole('combobox', { name: names.visitType }).click()
    await desk.getByRole('option').first().click()
    const openings = finder.getByRole('listitem').getByRole('button')
    await expect.poll(() => openings.count()).toBeGreaterThan(5)
    await openings.first().focus()
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('ArrowDown')
    await desk.locator('.grid-ghost:not([hidden])').first().waitFor()
    const time = (await openings.nth(2).locator('bdi').innerText()).trim()
    await desk.keyboard.press('Enter')
    const dialog = desk.getByRole('dialog', { name: names.newBooking })
    await expect.poll(() => dialog.getByLabel(language === 'he' ? 'שעה' : 'Time', { exact: true }).inputValue()).toBe(time)
    await desk.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })
})

test('a finger held on a card moves it, and a tap on an empty slot books', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
  const phone = await context.newPage()
  await phone.goto(product.url)
  await signIn(phone, 'doctor@shaked.example')
  await goTo(phone, '2026-12-07')
  const card = await phone.evaluate<{ id: string; x: number; y: number; time: string }>(`(() => {
    for (const card of document.querySelectorAll('.card')) {
      const box = card.getBoundingClientRect()
      if (card.matches('.card-movable') && box.left > 0 && box.right < innerWidth - 50 && box.top > 260 && box.bottom < 600 && box.height > 24)
        return { id: card.dataset.event, x: box.left + box.width / 2, y: box.top + 8, time: card.querySelector('.card-spoken').textContent.slice(0, 11) }
    }
    throw new Error('no card in reach')
  })()`)
  const touch = await context.newCDPSession(phone)
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0): Promise<unknown> => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: card.x, y: card.y + dy }] })
  await finger('touchStart')
  await phone.locator('.grid-ghost:not([hidden])').waitFor()
  for (const dy of [10, 20, 13]) await finger('touchMove', dy)
  expect(await phone.locator('.grid-ghost:not([hidden])').count()).toBe(1)
  await phone.keyboard.press('Escape')
  await finger('touchEnd')
  expect(await words(phone, card.id)).toContain(card.time)
  const slot = await emptySlot(phone)
  await phone.touchscreen.tap(slot.x, slot.y)
  await phone.getByRole('dialog', { name: hebrew.newBooking }).waitFor()
  expect(await phone.evaluate<number>(`(() => { const body = document.querySelector('[role=dialog] .overflow-y-auto'); return body.scrollHeight - body.clientHeight })()`)).toBeLessThanOrEqual(0)
  await context.close()
})

test('nothing went wrong on any screen', () => {
  expect(windows.flatMap(({ troubles }) => troubles)).toEqual([])
})
