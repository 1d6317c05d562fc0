// The diary looked at by day, week, month and as a list, by people and by rooms, in both directions, and on paper.
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testBrowser } from '@yoman/testing/browser'
import { type TestProduct, testProduct } from '@yoman/testing/product'
import english from '../../apps/web/src/locales/en/diary.json' with { type: 'json' }
import hebrew from '../../apps/web/src/locales/he/diary.json' with { type: 'json' }
import * as desk from './desk.ts'
import { barriers, openPage, sideways, signIn, turnLanguage } from './page.ts'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await testProduct({ CLOCK_START: '2026-11-22T06:00:00Z' }) // a Sunday, eight in the morning in Israel
  browser = await testBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

describe.each([
  // Each in a week of its own, so far ahead that the demo's clinic has booked nobody yet.
  { language: 'he', account: 'desk', words: hebrew, buttons: desk.hebrew, newcomer: 'רותם מבחן', emptyWeek: '2027-02-07', days: { sunday: /^יום א׳.*7\.2/, tuesday: /^יום ג׳.*9\.2/ }, holiday: 'יום העצמאות', chair: 'כיסא', towards: { earlier: 'ArrowRight', later: 'ArrowLeft' }, doctor: 'ד״ר מיכל לוי', visitType: 'בדיקה תקופתית' },
  { language: 'en', account: 'desk2', words: english, buttons: desk.english, newcomer: 'Rotem Probe', emptyWeek: '2027-02-14', days: { sunday: /^Sun.*14\/0?2/, tuesday: /^Tue.*16\/0?2/ }, holiday: 'Independence Day', chair: 'Chair', towards: { earlier: 'ArrowLeft', later: 'ArrowRight' }, doctor: 'Dr Yossi Cohen', visitType: 'Check-up' },
] as const)('in $language', ({ language, account, words, buttons, newcomer, emptyWeek, days, holiday, chair, towards, doctor, visitType }) => {
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    const opened = await openPage(browser, product.url)
    ;({ page, troubles } = opened)
    await signIn(page, `${account}@shaked.example`)
    if (language === 'en') await turnLanguage(page, 'he')
    await page.addInitScript('window.printed = 0; window.print = () => { window.printed += 1 }')
    await page.reload()
    await page.getByRole('application').waitFor()
  })

  const pressed = (name: string): Promise<void> => page.getByRole('group', { name: words.views.label }).getByRole('button', { name, exact: true, pressed: true }).waitFor()
  const column = (name: string | RegExp): Locator => page.getByRole('application').getByRole('group', { name })
  const open = async (address: string): Promise<void> => {
    await page.goto(`${product.url}${address}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const visitIn = (name: string | RegExp): Locator => column(name).locator('[data-event]').filter({ hasText: newcomer })

  /** The middle of a card, or of a column at that height. */
  async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox()
    if (!box) throw new Error('it is not on screen')
    return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 8) }
  }
  async function drag(from: Locator, toColumn: Locator): Promise<void> {
    const [start, target] = [await middleOf(from), await middleOf(toColumn)]
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move((start.x + target.x) / 2, start.y, { steps: 4 })
    await page.mouse.move(target.x, start.y, { steps: 4 })
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().includes('/appointments/'))
    await page.mouse.up()
    expect((await saved).status()).toBe(200)
  }

  test('each view has its key and its address, turns by its own unit, and the way back leads back', async () => {
    await page.keyboard.press('w')
    await expect.poll(() => new URL(page.url()).search).toBe('?view=week')
    await pressed(words.views.week)
    await page.keyboard.press('PageDown')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/diary/2026-11-29')
    await page.keyboard.press('t')
    await page.keyboard.press('m')
    await expect.poll(() => new URL(page.url()).search).toBe('?view=month')
    await page.keyboard.press('PageUp')
    await expect.poll(() => new URL(page.url()).pathname).toBe('/diary/2026-10-22')
    await page.goBack()
    await expect.poll(() => page.url()).toBe(`${product.url}/diary?view=month`)
    await page.keyboard.press('l')
    await page.getByRole('region', { name: words.views.list }).getByRole('heading', { level: 2 }).first().waitFor()
    await page.keyboard.press('d')
    await expect.poll(() => page.url()).toBe(`${product.url}/diary`)
    await pressed(words.views.day)
    await open('/diary/2026-02-31?view=year&columns=cellars&of=nobody')
    await page.getByRole('application').waitFor()
    await pressed(words.views.day)
  })

  test('the month names its holidays, and its days are reached by arrows and Enter', async () => {
    await open('/diary/2027-05-11?view=month')
    const eve = page.locator('[data-date="2027-05-11"]')
    await eve.focus()
    await page.keyboard.press(towards.later)
    const day = page.locator('[data-date="2027-05-12"]:focus')
    await day.waitFor()
    expect(await day.innerText()).toContain(holiday)
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toBe(`${product.url}/diary/2027-05-12`)
  })

  test('in the week a visit is booked by a click, dragged from Sunday to Tuesday, and carried back by keys', async () => {
    await open(`/diary/${emptyWeek}?view=week`)
    await page.getByRole('combobox', { name: words.views.whose }).click()
    await page.getByRole('option', { name: doctor }).click()
    const sunday = column(days.sunday)
    await sunday.waitFor()
    const { x, y } = await middleOf(sunday)
    await page.mouse.click(x, y + 250)
    const dialog = page.getByRole('dialog', { name: buttons.newBooking })
    await dialog.getByRole('combobox', { name: buttons.patient }).fill(newcomer)
    await page.getByRole('option', { name: words.newPatient.replace('{name}', newcomer) }).click()
    await desk.choose(dialog, buttons.visitType, visitType)
    await dialog.getByRole('button', { name: buttons.book }).click()
    await visitIn(days.sunday).waitFor()

    await drag(visitIn(days.sunday), column(days.tuesday))
    await visitIn(days.tuesday).waitFor()
    await page.reload()
    await visitIn(days.tuesday).waitFor()

    await visitIn(days.tuesday).click()
    await page.getByRole('heading', { name: newcomer }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: newcomer }).waitFor({ state: 'hidden' })
    await page.getByRole('application').focus()
    await page.keyboard.down('Alt')
    await page.keyboard.press(towards.earlier)
    await page.keyboard.press(towards.earlier)
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().includes('/appointments/'))
    await page.keyboard.up('Alt')
    expect((await saved).status()).toBe(200)
    await visitIn(days.sunday).waitFor()
    expect(await barriers(page)).toEqual([])
  })

  test('a week of several stands under its days, and a number turns somebody on and off', async () => {
    await open(`/diary/${emptyWeek}?view=week&of=all`)
    const columns = page.getByRole('application').getByRole('group')
    await columns.first().waitFor()
    const all = await columns.count()
    expect(all % 6).toBe(0) // Sunday to Friday
    await expect.poll(() => visitIn(days.sunday).count()).toBe(1)
    await page.keyboard.press('1')
    await expect.poll(() => columns.count()).toBe(all - 6)
    expect(new URL(page.url()).searchParams.get('of')?.split(',')).toHaveLength(all / 6 - 1)
    await page.keyboard.press('0')
    await expect.poll(() => columns.count()).toBe(all)
  })

  test('among the rooms a visit is dragged into another chair', async () => {
    await open(`/diary/${emptyWeek}`)
    await page.getByRole('combobox', { name: words.views.kinds.label }).click()
    await page.getByRole('option', { name: words.views.kinds.rooms }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('columns')).toBe('rooms')
    await column(chair).first().waitFor()
    const at = async (): Promise<string | null> => (await column(chair).filter({ hasText: newcomer }).getAttribute('aria-label'))
    const before = await at()
    const other = column(chair).filter({ hasNotText: newcomer }).first()
    const wanted = await other.getAttribute('aria-label')
    await drag(page.locator('[data-event]').filter({ hasText: newcomer }), other)
    await page.reload()
    await expect.poll(at).toBe(wanted)
    expect(wanted).not.toBe(before)
  })

  test('what columns one wants and in which order outlives a reload', async () => {
    await open('/diary')
    const columns = page.getByRole('application').getByRole('group')
    await columns.first().waitFor()
    const names = (): Promise<(string | null)[]> => columns.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    const [first, second, third, ...rest] = await names()
    await page.getByRole('button', { name: words.views.choose }).click()
    const chooser = page.getByRole('dialog', { name: words.views.choose })
    await chooser.getByRole('checkbox', { name: first ?? '' }).uncheck()
    await expect.poll(names).toEqual([second, third, ...rest])
    await chooser.getByRole('checkbox', { name: third ?? '' }).focus()
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/me/preferences'))
    await page.keyboard.press('Alt+ArrowUp')
    expect((await saved).status()).toBe(200)
    await expect.poll(names).toEqual([third, second, ...rest])
    await page.keyboard.press('Escape')
    await page.reload()
    await columns.first().waitFor()
    await expect.poll(names).toEqual([third, second, ...rest])
    await page.keyboard.press('0')
    await expect.poll(names).toEqual([first, third, second, ...rest])
  })

  test("tomorrow's list comes out of the printer, a sheet for each person", async () => {
    await open('/diary')
    await page.getByRole('button', { name: words.views.print }).click()
    await page.getByRole('menuitem').nth(1).click()
    await page.waitForFunction('window.printed === 1')
    expect(new URL(page.url()).pathname).toBe('/diary/2026-11-23')
    await page.emulateMedia({ media: 'print' })
    const sheets = page.locator('.paper-sheet')
    expect(await sheets.first().isVisible()).toBe(true)
    expect(await page.locator('#app').isVisible()).toBe(false)
    const paper = await sheets.first().innerText()
    const row = page.locator('.paper-sheet').first().locator('tbody tr').first()
    expect(paper).toContain(await page.locator('.paper-clinic').first().innerText())
    expect(await row.innerText()).toMatch(/\d\d:\d\d–\d\d:\d\d[\s\S]*0\d{2}-\d{3}-\d{4}/)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(await sheets.count())
    await page.emulateMedia({ media: null })
    expect(await page.locator('#app').isVisible()).toBe(true)
  })

  test('on a phone one person fills the screen, and nothing is wider than it', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const address of ['/diary', '/diary?view=week', '/diary?view=month', '/diary?view=list']) {
      await open(address)
      await page.getByRole('combobox', { name: words.views.label }).waitFor()
      expect(await sideways(page), address).toBe(0)
      expect(await barriers(page), address).toEqual([])
    }
    await open('/diary')
    await page.getByRole('combobox', { name: words.views.whose }).click()
    await page.getByRole('option', { name: doctor }).click()
    await expect.poll(() => page.getByRole('application').getByRole('group').count()).toBe(1)
    expect(troubles).toEqual([])
  })
})
