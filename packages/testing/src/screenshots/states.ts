import type { Page } from 'playwright-core'
import { type Screen, screens } from './screens.ts'

/** What a page looks like while nothing has come, when it cannot come, and when there is nothing. */
export type State = 'loading' | 'error' | 'empty'
export const states: readonly State[] = ['loading', 'error', 'empty']

const pages = ['diary', 'patients', 'orders', 'rebooking', 'tasks', 'handover', 'waitlist', 'messages', 'invoices', 'settings-staff']
export const pagesWithStates: readonly Screen[] = screens.filter(({ name }) => pages.includes(name))

// What the frame itself asks for comes as always.
const ofThePage = (path: string): boolean => path.startsWith('/api/') && !/^\/api\/(live|me|sessions?|settings|flow-settings)(\/|$)/.test(path)

/** Goes to a screen whose answers never come, fail, or bring nothing. What was laid over the network is taken off again by the returned function. */
export async function showState(page: Page, url: string, screen: Screen, state: State): Promise<() => Promise<void>> {
  const matches = (address: URL): boolean => ofThePage(address.pathname)
  const held: (() => void)[] = []
  await page.route(matches, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    if (state === 'error') return route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Internal', status: 500, code: 'internal', params: {}, instance: '7K2M' }) })
    if (state === 'loading') {
      await new Promise<void>((resolve) => held.push(resolve))
      return route.abort()
    }
    const answer = await route.fetch()
    const body: unknown = await answer.json().catch(() => null)
    return route.fulfill({ response: answer, body: JSON.stringify(emptied(body)) })
  })
  await page.goto(url + screen.path)
  await page.locator({ loading: '.animate-pulse', error: 'main [role=alert]', empty: 'main h1' }[state]).first().waitFor()
  return async () => {
    await page.goto('about:blank') // nobody waits for the answers any more
    for (const release of held) release()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  }
}

/** The same answer with all its lists empty. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, emptied(one)]))
}
