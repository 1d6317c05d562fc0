// Small ends of the desk's day, as people meet them: a paper that is missing, a parked visit under a finger, a cancelled place that is filled by keys alone.
import { randomUUID } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppointmentPage } from '@yoman/contract/appointments'
import type { Settings } from '@yoman/contract/settings'
import type { WaitlistOffer } from '@yoman/contract/waitlist'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import { samplePdf } from '@yoman/testing/sample-files'
import englishDiary from '../../apps/web/src/locales/en/diary.json' with { type: 'json' }
import englishPapers from '../../apps/web/src/locales/en/papers.json' with { type: 'json' }
import englishWaitlist from '../../apps/web/src/locales/en/waitlist.json' with { type: 'json' }
import hebrewDiary from '../../apps/web/src/locales/he/diary.json' with { type: 'json' }
import hebrewPapers from '../../apps/web/src/locales/he/papers.json' with { type: 'json' }
import hebrewWaitlist from '../../apps/web/src/locales/he/waitlist.json' with { type: 'json' }
import { type Api, apiOf } from './api-of.ts'
import { walkToCard } from './desk.ts'
import { barriers, openAs, type OpenPage, sideways, signIn, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser
let api: Api
let settings: Settings
let branchId: string
let michal: string

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
  api = await apiOf(product.url, 'desk2')
  settings = await api<Settings>('GET', '/settings')
  branchId = settings.branches[0]?.id ?? ''
  michal = settings.resources.find(({ name }) => name === 'ד״ר מיכל לוי')?.id ?? ''
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const typeCalled = (name: string): string => settings.visitTypes.find(({ nameEn }) => nameEn === name)?.id ?? ''

async function newPatient(familyName: string): Promise<string> {
  const id = randomUUID()
  await api('POST', '/patients', { id, givenName: 'Dana', familyName, phones: [] })
  return id
}

/** A visit of somebody new with the demo's first doctor, on days that the demo leaves empty. `time` is UTC. */
async function book(date: string, time: string, familyName: string, type = 'Check-up'): Promise<string> {
  const id = randomUUID()
  await api('POST', '/appointments', { id, branchId, patientId: await newPatient(familyName), practitionerId: michal, visitTypeId: typeCalled(type), startsAt: `${date}T${time}:00Z`, durationMinutes: 30 })
  return id
}
const visitOf = async (id: string): Promise<AppointmentPage> => api('GET', `/appointments/${id}`)

/** Presses the arrow until the menu stands on an entry. */
async function walkMenu(page: Page, entry: string): Promise<void> {
  const wanted = page.getByRole('menuitem', { name: entry, exact: true })
  await wanted.waitFor()
  for (let left = 30; left > 0 && (await wanted.and(page.locator(':focus')).count()) === 0; left -= 1) await page.keyboard.press('ArrowDown')
  await expect.poll(() => wanted.and(page.locator(':focus')).count()).toBe(1)
}

describe.each([
  { language: 'he', account: 'desk', date: '2027-03-02', diary: hebrewDiary, papers: hebrewPapers, waitlist: hebrewWaitlist, offerToOne: 'להציע לאחד', offered: 'המועד נשמר והוצע לאחד' },
  { language: 'en', account: 'desk3', date: '2027-03-03', diary: englishDiary, papers: englishPapers, waitlist: englishWaitlist, offerToOne: 'Offer to one', offered: 'The place is held and offered to one' },
] as const)('in $language', ({ language, account, date, diary, papers, waitlist, offerToOne, offered }) => {
  let opened: OpenPage
  let page: Page
  beforeAll(async () => {
    opened = await openAs(browser, product.url, account)
    ;({ page } = opened)
    if (language === 'en') await turnLanguage(page, 'he')
  })
  afterAll(async () => void (await opened?.context.close()))

  const goTo = async (to: string): Promise<void> => {
    await page.goto(`${product.url}${to}`)
    await page.locator('#content').waitFor()
  }

  test('a visit without its form 17 is found before it comes, and marked until the form is ticked or filed', async () => {
    const id = await book(date, '06:00', `Paper-${language}`, 'Extraction')
    const name = `Dana Paper-${language}`
    await goTo(`/diary/${date}?of=${michal}`)
    await expect.poll(() => page.locator(`[data-event="${id}"] .card-spoken`).textContent()).toContain(papers.missing.form_17)

    await goTo(`/diary/${date}?view=list&of=${michal}`)
    await page.getByRole('checkbox', { name: papers.only.replace('{n}', '1') }).check()
    const row = page.getByRole('row').filter({ hasText: name })
    await row.getByRole('button', { name }).click()
    const section = page.getByRole('region', { name: papers.label })
    await section.getByText(papers.missing.form_17).waitFor()
    expect(await barriers(page)).toEqual([])
    await section.getByRole('button', { name: papers.receive.form_17 }).click()
    await section.getByText(language === 'he' ? 'רותי אלמוג' : 'Eden Nahum').waitFor() // who has seen it
    await row.waitFor({ state: 'detached' })
    await page.getByText(papers.noneInList).waitFor()
    await page.keyboard.press('Control+KeyZ')
    await section.getByText(papers.missing.form_17).waitFor()
    await row.waitFor()

    await section.getByLabel(papers.file.form_17).setInputFiles({ name: 'form 17.pdf', mimeType: 'application/pdf', buffer: samplePdf() })
    await section.getByText(papers.filed).waitFor()
    await row.waitFor({ state: 'detached' })
    expect((await visitOf(id)).paper).toMatchObject({ kind: 'form_17', receivedAt: null, filed: true })
    await page.keyboard.press('Escape')
  })

  test('the hand-over says whose paper is missing on the next days, and one press ticks it', async () => {
    await goTo('/handover')
    const list = page.getByRole('region', { name: papers.title })
    const rows = list.getByRole('listitem')
    await rows.first().waitFor()
    const before = await rows.count()
    await rows.first().getByRole('button', { name: papers.receive.form_17 }).click()
    await expect.poll(() => rows.count()).toBe(before - 1)
    await page.keyboard.press('Control+KeyZ')
    await expect.poll(() => rows.count()).toBe(before)
    expect(await barriers(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
  })

  test('a finger sets a parked visit down: the card in the tray, and the time where it shall be', async () => {
    const id = await book(date, '08:00', `Finger-${language}`)
    await api('POST', `/appointments/${id}/parking`)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, hasTouch: true, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
    context.setDefaultTimeout(15_000)
    const tablet = await context.newPage()
    await tablet.goto(product.url)
    await signIn(tablet, `${account}@shaked.example`)
    await tablet.goto(`${product.url}/diary/${date}?of=${michal}`)
    const waiting = tablet.getByRole('region', { name: diary.parking }).getByRole('listitem').filter({ hasText: `Finger-${language}` })
    await waiting.getByRole('button').first().tap()
    await waiting.getByRole('button', { pressed: true }).waitFor()
    await tapAt(tablet, await emptyTime(tablet, `[data-event="${id}"]`))
    await waiting.waitFor({ state: 'detached' })
    await expect.poll(async () => (await visitOf(id)).appointment.startsAt).toMatch(new RegExp(`^${date}T(?!08:00)`))

    // Held long, an empty time shows its menu, and keeps it when the finger leaves.
    const { x, y } = await emptyTime(tablet, `[data-event="${id}"]`)
    const touch = await context.newCDPSession(tablet)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await tablet.locator('.grid-ghost:not([hidden])').waitFor()
    await tablet.evaluate(`void (window.ended = new Promise((done) => addEventListener('touchend', () => setTimeout(done, 100), { once: true })))`)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await tablet.evaluate('window.ended') // and what a browser plays after it
    await tablet.getByRole('menuitem', { name: diary.slot.book }).tap()
    await tablet.getByRole('dialog').waitFor()
    await context.close()
  })

  test('a place that is cancelled is offered to who waits for it, from the first key to the last', async () => {
    const id = await book(date, '12:00', `Gone-${language}`)
    await api('POST', '/waitlist', { id: randomUUID(), branchId, patientId: await newPatient(`Waits-${language}`), visitTypeId: typeCalled('Check-up'), durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'urgent', until: date })
    await goTo(`/diary/${date}?of=${michal}`)
    await page.locator(`[data-event="${id}"]`).waitFor()
    await walkToCard(page, `Gone-${language}`)

    await page.keyboard.press('Shift+F10')
    await walkMenu(page, diary.action.cancel)
    await page.keyboard.press('Enter')
    await focused(page.getByRole('dialog').getByRole('button', { name: diary.cancelReasons.patient })).waitFor()
    await page.keyboard.press('Enter')
    await page.locator(`[data-event="${id}"]`).waitFor({ state: 'detached' })

    // The cursor stands where the visit was.
    await focused(page.locator('.grid-layer')).waitFor()
    await page.keyboard.press('Shift+F10')
    await walkMenu(page, diary.slot.fill)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: waitlist.fillTitle })
    const first = dialog.getByRole('listitem').first()
    await focused(first.getByRole('checkbox')).waitFor()
    expect(await first.innerText()).toContain(`Waits-${language}`)
    const offer = dialog.getByRole('button', { name: offerToOne })
    for (let left = 30; left > 0 && (await focused(offer).count()) === 0; left -= 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(offered).waitFor()
    const { items } = await api<{ items: WaitlistOffer[] }>('GET', `/waitlist-offers?branchId=${branchId}`)
    expect(items.filter(({ startsAt, status }) => startsAt.startsWith(`${date}T12:00`) && status === 'open')).toHaveLength(1)
  })

  test('nothing went wrong on the way', () => {
    expect(opened.troubles).toEqual([])
  })
})

const focused = (what: Locator): Locator => what.and(what.page().locator(':focus'))

/** A point of the only column a little under a card: nobody is there, and somebody works. */
async function emptyTime(page: Page, card: string): Promise<{ x: number; y: number }> {
  const element = page.locator(card)
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (!box) throw new Error('the card is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height * 2.5 }
}
const tapAt = (page: Page, { x, y }: { x: number; y: number }): Promise<void> => page.touchscreen.tap(x, y)
