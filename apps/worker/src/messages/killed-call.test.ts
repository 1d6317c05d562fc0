import type { Failpoint } from '../failpoint.ts'
import { instant } from '@yoman/domain/time'
import { callsTo } from '@yoman/runtime/post-office/calls'
import { beforeAll, expect, it } from 'vitest'
import { addRule, eventually, openDesk } from '../desk.fixture.ts'
import { moveClock, startProcess } from '../process.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const ahmad = '+972521234502'
const { ledger } = desk.office

beforeAll(async () => {
  await desk.database.db.insertInto('voice_setting').values({ clinic_id: desk.clinic.id, caller: '+972559570155', call_price: null }).execute()
  await desk.database.db.updateTable('reminder_rule').set({ channel: 'voice', fallback_channels: ['sms'] }).execute()
  ledger.add({ kind: 'phone', number: ahmad, takes: 'person', digits: '' })
})

it.each<[Failpoint, string]>([['after_claim', '2026-12-21'], ['after_call', '2026-12-22']])('killed %s, the phone still rings exactly once, and no SMS leaves besides', async (step, day) => {
  const [before, smsBefore] = [callsTo(ledger, ahmad).length, desk.smsTo(ahmad).length]
  const eve = instant(`${day}T08:00:00Z`).subtract({ hours: 24 })
  desk.setNow(eve.subtract({ hours: 24 }))
  const appointment = await desk.book('ahmad', `${day}T07:00:00Z`)
  await moveClock(desk.database, eve.toString())

  const dying = startProcess(desk.config, { FAILPOINT: step })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })
  expect(callsTo(ledger, ahmad)).toHaveLength(before + (step === 'after_call' ? 1 : 0))
  const heir = startProcess(desk.config)
  try {
    await eventually(async () => {
      const row = await desk.database.db.selectFrom('message').select(['channel', 'state', 'provider_id']).where('appointment_id', '=', appointment).executeTakeFirst()
      expect(row).toEqual({ channel: 'voice', state: 'sent', provider_id: callsTo(ledger, ahmad).at(-1)?.sid })
    }, 40)
  } finally {
    await heir.stop()
  }
  expect(callsTo(ledger, ahmad).slice(before), heir.output()).toHaveLength(1)
  expect(desk.smsTo(ahmad)).toHaveLength(smsBefore)
})
