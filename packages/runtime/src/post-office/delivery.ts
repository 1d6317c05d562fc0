import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults } from './faults.ts'
import type { Ledger, Sms, SmsStatus } from './ledger.ts'
import { postSigned } from './outgoing.ts'
import { deliveryErrorOf } from './sms-rules.ts'

type Post = { accountSid: string; authToken: string; ledger: Ledger; faults: Faults; paceMs: number; signal: AbortSignal }
type Step = { status: SmsStatus; errorCode?: number }

/** Carries an accepted message to its end, with a callback for each step that its sender asked to hear of. */
export async function deliver(post: Post, sms: Sms): Promise<void> {
  const untold: Step[] = []
  for (const step of stepsAfter(sms)) {
    await sleep(post.paceMs, undefined, { signal: post.signal })
    post.ledger.add({ kind: 'sms_status', sid: sms.sid, ...step })
    untold.push(step)
    if (!post.faults.settings.callbacks.shuffled) await tell(post, sms, untold.splice(0))
  }
  await tell(post, sms, untold.reverse())
}

/** What a message still has before it; after a restart that may be less than all. */
function stepsAfter({ to, status }: Sms): Step[] {
  const errorCode = deliveryErrorOf(to)
  const steps: Step[] = [{ status: 'sent' }, errorCode ? { status: 'undelivered', errorCode } : { status: 'delivered' }]
  return status === 'sent' ? steps.slice(1) : status === 'queued' || status === 'accepted' ? steps : []
}

async function tell(post: Post, sms: Sms, steps: Step[]): Promise<void> {
  const url = sms.statusCallback
  if (!url) return
  const { copies, lost, delayMs } = post.faults.settings.callbacks
  if (delayMs > 0) await sleep(delayMs, undefined, { signal: post.signal })
  for (const step of steps) {
    for (let copy = 0; copy < copies; copy++) {
      const outcome = lost ? 'lost on purpose' : await postSigned(post.authToken, url, parameters(post.accountSid, sms, step))
      post.ledger.add({ kind: 'callback', sid: sms.sid, status: step.status, url, outcome })
    }
  }
}

function parameters(accountSid: string, { sid, from, to, messagingServiceSid }: Sms, { status, errorCode }: Step): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    From: from,
    To: to,
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    ...(messagingServiceSid && { MessagingServiceSid: messagingServiceSid }),
    ...(errorCode && { ErrorCode: String(errorCode) }),
  }
}
