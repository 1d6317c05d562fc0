import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostOffice, startPostOffice } from '@yoman/runtime/post-office/start'
import { testBrowser } from '@yoman/testing/browser'

const sender = '+972559570100'
const patient = '+972501234567'
const accountSid = `AC${'0'.repeat(32)}`
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

let folder: string
let office: PostOffice
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yoman-post-page-'))
  office = await startPostOffice({ dataDir: folder, accountSid, authToken: 'token', inboundUrl: 'http://127.0.0.1:9/nobody', paceMs: 5, log: () => {} })
  browser = await testBrowser()
  page = await browser.newPage({ locale: 'he-IL' })
  await page.goto(`${office.httpUrl}/dev/post`)
})

afterAll(async () => {
  await browser?.close()
  await office?.stop()
  await rm(folder, { recursive: true, force: true })
})

const send = (to: string, body: string) =>
  fetch(`${office.httpUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${accountSid}:token`)}` },
    body: new URLSearchParams({ To: to, From: sender, Body: body }),
  })

test('says in Hebrew, right to left, and in English, left to right, that nothing was really sent', async () => {
  await page.getByText('שום דבר לא נשלח באמת.').waitFor()
  expect(await page.evaluate('document.documentElement.dir')).toBe('rtl')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Nothing was really sent.').waitFor()
  expect(await page.evaluate('document.documentElement.dir')).toBe('ltr')
})

test('shows a message by itself when it comes, with its number, state and text as text', async () => {
  await send(patient, 'תור מחר ב־10:00 <img src=x onerror="document.title=1">')
  const bubble = page.getByRole('list', { name: 'Messages of this number' }).getByRole('listitem')
  await bubble.filter({ hasText: '<img src=x' }).filter({ hasText: 'delivered' }).waitFor()
  await page.getByRole('button', { name: '050-123-4567' }).waitFor()
  expect(await page.title()).toBe('Yoman’s post office')
})

test("answers as the patient, and says when the clinic's side did not take it", async () => {
  await page.getByLabel('Reply from this phone').fill('1')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('alert').filter({ hasText: 'the system did not take it' }).waitFor()
  await send('+972527654321', 'news that comes in between')
  await page.getByRole('button', { name: '052-765-4321' }).waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('the system did not take it')
  expect(office.ledger.allSms().at(-2)).toMatchObject({ direction: 'inbound', from: patient, to: sender, body: '1' })
})

test('has nothing that keeps people out, in both languages and on a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const language of ['עברית', 'English']) {
    await page.getByRole('button', { name: language }).click()
    // Evaluated, not added as a script: the page's own policy forbids that.
    await page.evaluate(axe)
    expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  }
})

test('a call rings, is taken, says its words and hears a key, by keyboard', async () => {
  const say = '<Say>שלום, תזכורת לתור</Say>'
  await fetch(`${office.httpUrl}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${accountSid}:token`)}` },
    body: new URLSearchParams({ To: patient, From: sender, Twiml: `<Response><Gather numDigits="1" action="http://127.0.0.1:9/digits">${say}</Gather></Response>`, MachineDetection: 'DetectMessageEnd' }),
  })
  const call = page.getByRole('list', { name: 'Calls that the system makes' }).getByRole('listitem')
  await call.getByRole('button', { name: 'Answer', exact: true }).press('Enter')
  await call.getByText('שלום, תזכורת לתור').waitFor()
  await page.evaluate(axe)
  expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual([])
  await call.getByRole('button', { name: 'Key 1' }).press('Enter')
  await call.filter({ hasText: 'a person answered' }).filter({ hasText: 'pressed' }).waitFor()
  expect(office.ledger.calls.all()).toMatchObject([{ status: 'completed', digits: '1' }])
})
