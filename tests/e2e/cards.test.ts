// Cards by finger and by mouse: checked in, moved, booked on a phone; parked and set down again; what they mark. In Hebrew and in English.
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Appointment } from '@yoman/contract/appointments'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { type Api, apiOf } from './api-of.ts'
import { choose, english, findPatient, hebrew } from './desk.ts'
import { openPage, sideways, signIn } from './page.ts'

const today = '2026-11-22'
const sayings = {
  he: { arrive: 'סימון הגעה', arrived: 'הגעה', parking: 'חניית תורים', type: 'בדיקה תקופתית', undo: 'ביטול הפעולה', owes: 'יש יתרה לתשלום', first: 'ביקור ראשון', missed: /אי־הגע(ה|ות) .*בעבר/ },
  en: { arrive: 'Arrived', arrived: 'Arrived', parking: 'Parked', type: 'Check-up', undo: 'Undo', owes: 'Has an unpaid balance', first: 'First visit', missed: /Missed .+ before/ },
} as const

let product: TestProduct
let browser: Browser
let settings: Settings
let branchId: string
let michal: string

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: `${today}T06:00:00Z` }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  const desk = await apiOf(product.url, 'desk')
  settings = await desk<Settings>('GET', '/settings')
  branchId = settings.branches[0]?.id ?? ''
  michal = settings.resources.find(({ name }) => name === 'ד״ר מיכל לוי')?.id ?? ''
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

describe.each([
  { language: 'he', names: hebrew, account: 'desk', dates: ['2027-03-08', '2027-03-09', '2027-03-10', '2027-03-11'] },
  { language: 'en', names: english, account: 'desk3', dates: ['2027-03-15', '2027-03-16', '2027-03-17', '2027-03-18'] }, // dates on which the demo has booked nobody yet
] as const)('in $language', ({ language, names, account, dates: [dragDay, bookDay, parkDay, setDownDay] }) => {
  const says = sayings[language]
  const patient = { id: randomUUID(), givenName: language === 'he' ? 'אביגיל' : 'Abigail', familyName: language === 'he' ? 'מבחן' : 'Probe' }
  const name = `${patient.givenName} ${patient.familyName}`
  let desk: Api
  let phone: Page
  let wide: Page
  let contexts: BrowserContext[]

  beforeAll(async () => {
    desk = await apiOf(product.url, account)
    await desk('PATCH', '/me', { language })
    await desk('POST', '/patients', { ...patient, phones: [] })
    const touching = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
    touching.setDefaultTimeout(15_000)
    phone = await touching.newPage()
    await phone.goto(product.url)
    const opened = await openPage(browser, product.url, { width: 1280, height: 900 })
    wide = opened.page
    await Promise.all([phone, wide].map((page) => signIn(page, `${account}@shaked.example`)))
    contexts = [touching, opened.context]
  })
  afterAll(async () => void (await Promise.all(contexts.map((context) => context.close()))))

  const goTo = async (page: Page, date: string, who = michal): Promise<void> => {
    await page.goto(`${product.url}/diary/${date}?of=${who}`)
    await page.locator('.grid-layer').waitFor()
  }
  const at = (page: Page, id: string): Locator => page.locator(`[data-event="${id}"]`)
  const column = (page: Page): Locator => page.locator('.grid-column').first()
  async function book(date: string, time: string): Promise<string> {
    const id = randomUUID()
    const type = settings.visitTypes.find((one) => one.name === sayings.he.type)?.id
    await desk('POST', '/appointments', { id, branchId, patientId: patient.id, practitionerId: michal, visitTypeId: type, startsAt: `${date}T${time}:00Z`, durationMinutes: 60 })
    return id
  }
  const startOf = async (id: string): Promise<string> => (await desk<{ appointment: Appointment }>('GET', `/appointments/${id}`)).appointment.startsAt
  async function middle(of: Locator): Promise<{ x: number; y: number; height: number }> {
    const box = await of.boundingBox()
    if (!box) throw new Error('it is not on the screen')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height }
  }

  test('a finger checks a patient in: the card, and one press', async () => {
    const diary = await desk<Diary>('GET', `/diary?branchId=${branchId}&date=${today}`)
    const visit = diary.visits.find((one) => one.practitionerId === michal && (one.status === 'booked' || one.status === 'confirmed') && one.startsAt > `${today}T07:00`)
    if (!visit) throw new Error('the demo has nobody ahead today')
    await goTo(phone, today)
    await at(phone, visit.id).tap()
    await phone.getByRole('button', { name: says.arrive, exact: true }).first().tap()
    await expect.poll(() => at(phone, visit.id).textContent()).toContain(says.arrived)
    await expect.poll(async () => (await desk<{ appointment: Appointment }>('GET', `/appointments/${visit.id}`)).appointment.status).toBe('arrived')
    expect(await sideways(phone)).toBe(0)
  })

  test('a finger held on a card lifts it, and it stays where it is let go', async () => {
    const id = await book(dragDay, '07:00')
    await goTo(phone, dragDay)
    await at(phone, id).waitFor()
    await at(phone, id).scrollIntoViewIfNeeded()
    const from = await middle(at(phone, id))
    const touch = await phone.context().newCDPSession(phone)
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0): Promise<unknown> => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: from.x, y: from.y + dy }] })
    await finger('touchStart')
    await phone.locator('.grid-ghost:not([hidden])').waitFor()
    for (const part of [0.3, 0.7, 1.2, 1.5]) await finger('touchMove', from.height * part)
    const ghost = phone.locator('.grid-ghost:not([hidden]) bdi').last()
    await expect.poll(() => ghost.innerText()).toMatch(/^1[01]:\d\d–1[12]:\d\d$/)
    const landing = (await ghost.innerText()).trim()
    await finger('touchEnd')
    await expect.poll(() => at(phone, id).textContent()).toContain(landing)
    await expect.poll(() => startOf(id)).not.toBe(`${dragDay}T07:00:00Z`)
    expect(await phone.getByRole('dialog').count()).toBe(0)
  })

  test('a tap on an empty slot books on a phone, with nothing to scroll', async () => {
    await goTo(phone, bookDay)
    const empty = await tenOClock(phone)
    await phone.touchscreen.tap(empty.x, empty.y)
    const dialog = phone.getByRole('dialog', { name: names.newBooking })
    await dialog.waitFor()
    expect(await phone.evaluate<number>(`(() => { const body = document.querySelector('[role=dialog] .overflow-y-auto'); return body.scrollHeight - body.clientHeight })()`)).toBeLessThanOrEqual(0)
    await findPatient(dialog, names, name, name)
    await choose(dialog, names.visitType, says.type)
    await dialog.getByRole('button', { name: names.book }).tap()
    await dialog.waitFor({ state: 'detached' })
    await phone.locator('[data-event]').filter({ hasText: name }).waitFor()
    expect(await sideways(phone)).toBe(0)
  })

  test('a card dragged into the tray waits there, and dragged out of it stands on another day', async () => {
    const id = await book(parkDay, '08:00')
    await goTo(wide, parkDay)
    await at(wide, id).waitFor()
    const tray = wide.getByRole('region', { name: says.parking })
    await carry(at(wide, id), await middle(tray))
    await wide.locator(`.card-parked[data-event="${id}"]`).waitFor()
    const waiting = tray.getByRole('listitem').filter({ hasText: name })
    await waiting.waitFor()
    await goTo(wide, setDownDay)
    await waiting.waitFor()
    await carry(waiting.getByRole('button').first(), await tenOClock(wide))
    await at(wide, id).waitFor()
    await waiting.waitFor({ state: 'detached' })
    await expect.poll(() => startOf(id)).toMatch(new RegExp(`^${setDownDay}`))
  })

  test('the right button that opened a menu chooses nothing where it is let go over it', async () => {
    await wide.goto(`${product.url}/diary/${today}`)
    await wide.locator('[data-event]').first().hover({ position: { x: 10, y: 4 } })
    await wide.mouse.down({ button: 'right' })
    const menu = wide.getByRole('menu')
    const item = menu.getByRole('menuitem').nth(1)
    await item.hover()
    await wide.mouse.up({ button: 'right' })
    await expect.poll(() => item.getAttribute('data-highlighted')).toBe('')
    expect(await menu.count()).toBe(1)
    await wide.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
  })

  test('a card marks who is new, who owes and who did not come, and says it in words when it is pointed at', async () => {
    for (const [flag, words] of [['firstVisit', says.first], ['owes', says.owes], ['noShows', says.missed]] as const) {
      const { date, visit } = await flagged((one) => Boolean(one[flag]))
      await goTo(wide, date, visit.practitionerId)
      const card = at(wide, visit.id)
      await card.scrollIntoViewIfNeeded()
      expect(await card.locator('.card-flags .card-mark').count()).toBeGreaterThan(0)
      await expect.poll(() => card.locator('.card-spoken').textContent()).toMatch(words)
      await card.hover()
      const shown = language === 'en' && visit.patient.nameLatin ? visit.patient.nameLatin : visit.patient.name
      await wide.getByRole('region', { name: shown, exact: true }).getByRole('listitem').filter({ hasText: words }).waitFor()
      await wide.mouse.move(1, 1)
    }
  })

  /** A morning hour of the only column: nobody is there, and somebody works. */
  async function tenOClock(page: Page): Promise<{ x: number; y: number }> {
    const box = await column(page).boundingBox()
    if (!box) throw new Error('the column is not on the screen')
    return { x: box.x + box.width / 2, y: box.y + box.height * 0.22 }
  }

  async function carry(what: Locator, there: { x: number; y: number }): Promise<void> {
    const from = await middle(what)
    await wide.mouse.move(from.x, from.y)
    await wide.mouse.down()
    await wide.mouse.move(from.x + 12, from.y + 12, { steps: 3 })
    await wide.mouse.move(there.x, there.y, { steps: 8 })
    await wide.mouse.up()
  }

  async function flagged(is: (visit: DiaryVisit) => boolean): Promise<{ date: string; visit: DiaryVisit }> {
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-29', '2026-11-30']) {
      const { visits } = await desk<Diary>('GET', `/diary?branchId=${branchId}&date=${date}`)
      const visit = visits.find((one) => is(one) && one.status === 'booked')
      if (visit) return { date, visit }
    }
    throw new Error('nobody of the demo is so')
  }
})
