import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type CallStatus, type Deed, type Hands, isAnswer, isOver, isTalk } from './calls.ts'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'
import { postSigned, postSignedForText } from './outgoing.ts'
import { readTwiml, type Script } from './twiml.ts'

type Post = { accountSid: string; authToken: string; ledger: Ledger; faults: Faults; hands: Hands; paceMs: number; ringMs: number; signal: AbortSignal }
type Step = { status: CallStatus; answeredBy?: string; sipCode?: string }
type Untold = { event: string; step: Step }

/** Carries an accepted call to its end: it rings, somebody takes it or not, hears it and may press keys; with a callback for each event that was asked for. */
export async function carryCall(post: Post, call: Call): Promise<void> {
  if (isOver(call)) return
  const untold: Untold[] = []
  const step = async (event: string, next: Step): Promise<void> => {
    await sleep(post.paceMs, undefined, { signal: post.signal })
    post.ledger.add({ kind: 'call_status', sid: call.sid, ...next })
    if (call.statusEvents.includes(event)) untold.push({ event, step: next })
    if (!post.faults.settings.callbacks.shuffled) await tell(post, call, untold.splice(0))
  }
  if (!post.ledger.calls.phone(call.to) && call.status !== 'in-progress') post.hands.open(call.sid) // before anybody is told that it rings
  if (call.status === 'in-progress') await step('completed', { status: 'completed', ...heardBy(call, 'unknown') }) // a kill cut the line
  else await ring(post, call, step).finally(() => post.hands.close(call.sid))
  await tell(post, call, untold.reverse())
}

async function ring(post: Post, call: Call, step: (event: string, next: Step) => Promise<void>): Promise<void> {
  await step('initiated', { status: 'initiated' })
  await step('ringing', { status: 'ringing' })
  const phone = post.ledger.calls.phone(call.to)
  const taken: Deed = phone?.takes ?? (await post.hands.next(call.sid, post.ringMs, post.signal, isAnswer)) ?? 'no-answer'
  if (taken === 'failed') return step('completed', { status: 'failed', sipCode: '404' })
  if (taken === 'busy' || taken === 'no-answer') return step('completed', { status: taken })
  if (taken === 'hang_up') return step('completed', { status: 'busy' }) // refused while it rang
  if (taken !== 'person') post.hands.close(call.sid) // nobody is there to press a key
  await step('answered', { status: 'in-progress' })
  const keys = phone ? [...phone.digits] : undefined
  await converse(post, call, taken === 'person' ? async () => (keys ? keys.shift() : keyOf(await post.hands.next(call.sid, post.ringMs, post.signal, isTalk))) : async () => undefined)
  await step('completed', { status: 'completed', ...heardBy(call, taken === 'machine' ? 'machine_end_beep' : taken === 'unsure' ? 'unknown' : 'human') })
}

const heardBy = ({ detects }: Call, answeredBy: string): { answeredBy?: string } => (detects ? { answeredBy } : {})

const keyOf = (deed: Deed | undefined): string | undefined => (deed?.startsWith('key ') ? deed.slice(4) : undefined)

/** The most keys of one call: whoever presses on and on is cut off, as a caller would be. */
const mostKeys = 10

/** Says what it is told to, and what its owner answers to each key. */
async function converse(post: Post, call: Call, nextKey: () => Promise<string | undefined>): Promise<void> {
  let script: Script | undefined = readTwiml(call.twiml)
  for (let pressed = 0; script !== undefined; pressed += 1) {
    post.ledger.add({ kind: 'call_said', sid: call.sid, words: script.says })
    if (script.action === undefined) return post.hands.close(call.sid)
    const digit = pressed < mostKeys ? await nextKey() : undefined
    if (digit === undefined) return void post.ledger.add({ kind: 'call_said', sid: call.sid, words: script.otherwise })
    const { outcome, text } = await postSignedForText(post.authToken, script.action, { ...parameters(post.accountSid, call, { status: 'in-progress' }), Digits: digit, FinishedOnKey: '', msg: 'Gather End' })
    post.ledger.add({ kind: 'call_digit', sid: call.sid, digit, url: script.action, outcome })
    script = readTwiml(text)
  }
}

async function tell(post: Post, call: Call, steps: Untold[]): Promise<void> {
  const url = call.statusCallback
  if (!url) return
  const { copies, lost, delayMs } = post.faults.settings.callbacks
  if (delayMs > 0 && steps.length > 0) await sleep(delayMs, undefined, { signal: post.signal })
  for (const { step } of steps) {
    for (let copy = 0; copy < copies; copy++) {
      const outcome = lost ? 'lost on purpose' : await postSigned(post.authToken, url, parameters(post.accountSid, call, step))
      post.ledger.add({ kind: 'callback', sid: call.sid, status: step.status, url, outcome })
    }
  }
}

function parameters(accountSid: string, { sid, from, to }: Call, { status, answeredBy, sipCode }: Step): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: sid,
    From: from,
    To: to,
    Direction: 'outbound-api',
    CallStatus: status,
    ...(answeredBy && { AnsweredBy: answeredBy }),
    ...(sipCode && { SipResponseCode: sipCode }),
  }
}
