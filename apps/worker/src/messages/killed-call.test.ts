import type { Failpoint } from '../failpoint.ts'
import { instant } from '@yoman/domain/time'
import { callsTo } from '@yoman/runtime/post-office/calls'
import { beforeAll, expect, it } from 'vitest'
import { addRule, eventually, openDesk } from '../desk.fixture.ts'
import { moveClock, startProcess } from '../process.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const { ledger } = desk.office

beforeAll(async () => {
  await desk.database.db.insertInto('voice_setting').values({ clinic_id: desk.clinic.id, caller: '+972559570155', call_price: null }).execute()
  await desk.database.db.updateTable('reminder_rule').set({ channel: 'voice', fallback_channels: ['sms'] }).execute()
})

const claimed: Failpoint = 'after_claim'
const called: Failpoint = 'after_call'

// Each with a number of its own: what rang a moment ago on one number would leave open what became of the next.
it.each([[claimed, '2026-12-21', '+972521234511', 'sent', null], [called, '2026-12-22', '+972521234512', 'failed', 'outcome_unknown']])('killed %s, the phone still rings exactly once, and no SMS leaves besides', async (step, day, number, state, error_code) => {
  await desk.database.db.updateTable('patient_phone').set({ number }).where('patient_id', '=', desk.clinic.patients.ahmad).execute()
  ledger.add({ kind: 'phone', number, takes: 'person', digits: '' })
  const eve = instant(`${day}T08:00:00Z`).subtract({ hours: 24 })
  desk.setNow(eve.subtract({ hours: 24 }))
  const appointment = await desk.book('ahmad', `${day}T07:00:00Z`)
  await moveClock(desk.database, eve.toString())

  const dying = startProcess(desk.config, { FAILPOINT: step })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })
  expect(callsTo(ledger, number)).toHaveLength(step === 'after_call' ? 1 : 0)
  const heir = startProcess(desk.config)
  try {
    await eventually(async () => {
      const row = await desk.database.db.selectFrom('message').select(['channel', 'state', 'error_code', 'provider_id']).where('appointment_id', '=', appointment).executeTakeFirst()
      expect(row).toEqual({ channel: 'voice', state, error_code, provider_id: state === 'sent' ? callsTo(ledger, number).at(-1)?.sid : null })
    }, 40)
  } finally {
    await heir.stop()
  }
  expect(callsTo(ledger, number), heir.output()).toHaveLength(1)
  expect(desk.smsTo(number)).toEqual([])
}, 120_000)
