import { expect, test } from 'vitest'
import { type Way, fateOf } from './forecast.ts'

const sms = (more: Partial<Way> = {}): Way => ({ channel: 'sms', off: false, reachable: true, refused: false, ...more })
const whatsapp = (more: Partial<Way> = {}): Way => ({ channel: 'whatsapp', off: false, reachable: true, refused: false, ...more })
const email = (more: Partial<Way> = {}): Way => ({ channel: 'email', off: false, reachable: true, refused: false, ...more })

test.each([
  ['waits for its hour', 'planned', [sms()], 'leaves', 'sms'],
  ['has become a message', 'queued', [sms()], 'gone', 'sms'],
  ['has left', 'done', [sms({ refused: true })], 'gone', 'sms'],
  ['was given up when it was planned', 'skipped', [sms()], 'skipped', 'sms'],
  ['has nowhere to go', 'planned', [sms({ reachable: false })], 'no_address', 'sms'],
  ['was refused, which is said before a missing address', 'planned', [sms({ reachable: false, refused: true })], 'refused', 'sms'],
  ['goes by e-mail where there is no mobile', 'planned', [sms({ reachable: false }), email()], 'leaves', 'email'],
  ['goes by e-mail where SMS was refused', 'planned', [sms({ refused: true }), email()], 'leaves', 'email'],
  ['goes nowhere where no way is possible', 'planned', [sms({ reachable: false }), email({ refused: true })], 'no_address', 'sms'],
  ['goes by SMS where the clinic has no WhatsApp', 'planned', [whatsapp({ off: true }), sms()], 'leaves', 'sms'],
  ['goes nowhere where WhatsApp alone is wanted and not set up', 'planned', [whatsapp({ off: true })], 'channel_off', 'whatsapp'],
] as const)('a reminder that %s', (_, state, ways, fate, channel) => {
  expect(fateOf({ state, ways })).toEqual({ fate, channel })
})
