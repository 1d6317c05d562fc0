import type { ServerResponse } from 'node:http'
import type { LiveNotice } from '@yoman/contract/live'
import { liveChannel } from '@yoman/db/audit/record'
import { sessionChannel } from '@yoman/db/sessions/queries'
import { may } from '@yoman/domain/access'
import type { Clock } from '@yoman/use-cases/clock'
import type { Authenticated, FindSession } from '../http/auth.ts'
import { permissionToHear } from './audience.ts'
import type { Notices } from './notices.ts'

export interface Live {
  /** Takes over an answer and writes the clinic's news into it until the session or the connection ends. */
  subscribe(who: Authenticated, response: ServerResponse, headers: Record<string, string>, line?: string): void
  close(): void
}

interface Subscriber {
  who: Authenticated
  response: ServerResponse
}

const heartbeatMs = 15_000
const mostUnsent = 65_536 // a reader this far behind is cut off; it catches up when it comes back

export interface LiveOptions {
  notices: Notices
  find: FindSession
  clock: Clock
  securityClock: Clock
  /** Hears that a stream which had a name has ended. */
  gone(clinicId: string, line: string): void
  heartbeatMs?: number
}

/** Brings what happens in a clinic to its open screens, each as far as its person's roles go. */
export function makeLive(options: LiveOptions): Live {
  const subscribers = new Set<Subscriber>()
  const drop = (subscriber: Subscriber): void => {
    if (!subscribers.delete(subscriber)) return
    subscriber.response.end()
  }
  const write = (subscriber: Subscriber, text: string): void => {
    subscriber.response.write(text)
    if (subscriber.response.writableLength > mostUnsent) {
      subscribers.delete(subscriber)
      subscriber.response.destroy()
    }
  }
  const recheck = (clinicId: string | null): void => {
    for (const subscriber of subscribers) if (clinicId === null || subscriber.who.clinicId === clinicId) void look(options, subscriber).then((alive) => alive || drop(subscriber), () => drop(subscriber))
  }
  const stopHearing = options.notices.hear((notice) => {
    // What was missed cannot be known: everybody comes back and reads anew.
    if ('lost' in notice) return [...subscribers].forEach(drop)
    if (notice.channel === sessionChannel) return recheck(notice.payload)
    const now = options.clock.now().toString()
    if (notice.channel === liveChannel) return spread(subscribers, notice.payload, now, write)
    const moved: LiveNotice = { name: 'clock.moved', type: 'clock', id: null, patient: null, branch: null, session: null, now }
    for (const subscriber of subscribers) write(subscriber, line(moved))
  })
  const beat = setInterval(() => {
    for (const subscriber of subscribers) write(subscriber, ': still here\n\n')
    recheck(null)
  }, options.heartbeatMs ?? heartbeatMs)
  beat.unref()

  return {
    subscribe: (who, response, headers, line) => {
      const subscriber = { who, response }
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      response.on('close', () => {
        subscribers.delete(subscriber)
        if (line !== undefined) options.gone(who.clinicId, line)
      })
      subscribers.add(subscriber)
      write(subscriber, ': welcome\n\n')
    },
    close: () => {
      clearInterval(beat)
      stopHearing()
      for (const subscriber of [...subscribers]) drop(subscriber)
    },
  }
}

function spread(subscribers: Set<Subscriber>, payload: string, now: string, write: (subscriber: Subscriber, text: string) => void): void {
  const { clinic, ...news } = JSON.parse(payload) as Omit<LiveNotice, 'now'> & { clinic: string } // made by insertEvents
  const permission = permissionToHear(news.name)
  if (!permission) return
  const text = line({ ...news, now })
  for (const subscriber of subscribers) {
    const { clinicId, session } = subscriber.who
    const actor = { kind: 'staff' as const, staffId: session.staffId, roles: session.roles, branchIds: session.branchIds }
    if (clinicId === clinic && may(actor, permission)) write(subscriber, text)
  }
}

const line = (notice: LiveNotice): string => `data: ${JSON.stringify(notice)}\n\n`

/** Whether the session still lives; takes over the roles that its person holds now. Listening keeps no session alive. */
async function look(options: LiveOptions, subscriber: Subscriber): Promise<boolean> {
  const { clinicId, sessionId } = subscriber.who
  const session = await options.find(clinicId, sessionId)
  const now = options.securityClock.now().epochMilliseconds
  if (!session || session.idleUntil.epochMilliseconds <= now || session.absoluteUntil.epochMilliseconds <= now) return false
  subscriber.who = { ...subscriber.who, session }
  return true
}
