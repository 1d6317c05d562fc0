import type { Browser, Page } from 'playwright-core'
import type { Diary } from '@yoman/contract/diary'
import { dateIn } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { type MeasuringPlace, openPlace, signIn } from '../bench/place.ts'
import { testBrowser } from '../browser.ts'
import { measureBare, type Recorded, serveBare } from './bare.ts'
import { readBudgetConfig } from './config.ts'
import { fillLongHistory } from './long-history.ts'
import { measureOurs, secondDesk } from './ours.ts'
import { noMeasures, report } from './report.ts'
import { stopwatchScript } from './stopwatch.ts'

/*
 * npm run budget: how long a desk waits for its screen on a cheap computer. The real product in a Chromium whose processor is
 * slowed down, beside a bare page that draws the same answers; 12 practitioners with 252 visits a day.
 */
const config = readBudgetConfig(process.env)
console.log(`Interaction budget: ${config.patients} patients, 252 visits a day, the browser slowed ${config.slowdown} times. Filling the database takes a minute or two …`)
const now = systemClock.now()
const place = await openPlace({ ...config, visitsADay: 21, closesAt: '19:00' }, now, config)
const browser = await testBrowser()
try {
  const token = await signIn(place.origin, place.clinic)
  const long = await fillLongHistory(place)
  const bare = await serveBare(await record(place, token))
  const [ours, baseline] = [noMeasures(), noMeasures()]
  const book = secondDesk(place, token, dateIn('Asia/Jerusalem', now).add({ days: 1 }))
  for (let round = 0; round < config.rounds; round += 1) {
    await inWindow(browser, (page) => measureBare(page, bare, baseline))
    await inWindow(browser, (page) => measureOurs(page, place, { book, long }, round, ours))
  }
  bare.stop()
  console.log(report(ours, baseline))
} finally {
  await browser.close()
  await place.stop()
}

async function inWindow(browser: Browser, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'he-IL', timezoneId: 'Asia/Jerusalem' })
  await context.addInitScript(stopwatchScript)
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: config.slowdown })
  await work(page)
  await context.close()
}

/** What the API answers to the desk's questions, for the bare page to draw. */
async function record({ origin, clinic }: MeasuringPlace, token: string): Promise<Recorded> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const read = async (path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${origin}/api${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.text()
  }
  const today = dateIn('Asia/Jerusalem', now)
  const dates = [0, 1].map((days) => today.add({ days }).toString())
  const days = new Map(await Promise.all(dates.map(async (date) => [date, await read(`/diary?branchId=${clinic.branchId}&date=${date}`)] as const)))
  const { visits } = JSON.parse(days.get(today.toString()) ?? '') as Diary // as the contract says; somebody who has visits to draw
  return { days, search: await read('/patient-searches', { text: 'כהן' }), patient: await read(`/patients/${visits[0]?.patient.id}`) }
}
