import { planReminders, type ReminderRule } from '@yoman/domain/reminders/plan'
import { type Instant, plainTime } from '@yoman/domain/time'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { Random } from './random.ts'

/** The clinic's one rule, "the day before at ten", and what it plans for every visit to come. */
export function makeReminders(random: Random, rows: Rows, clinic_id: string, visits: DemoVisit[], now: Instant): void {
  const rule: ReminderRule = { id: random.id(), branchId: null, daysBefore: 1, atTime: plainTime('10:00'), channel: 'sms', active: true }
  rows.add('reminder_rule', { clinic_id, id: rule.id, branch_id: null, days_before: rule.daysBefore, at_time: rule.atTime.toString(), channel: rule.channel })
  for (const visit of visits)
    for (const planned of planReminders({ branchId: visit.branchId, startsAt: visit.start, status: visit.status }, [rule], sendingHours, now))
      rows.add('reminder', {
        clinic_id, id: random.id(), appointment_id: visit.id, appointment_starts_at: visit.start.toString(), rule_id: rule.id, channel: rule.channel,
        due_at: planned.dueAt.toString(), state: planned.skip ? 'skipped' : 'planned', skip_reason: planned.skip, moved_for: planned.movedFor,
      })
}

// The defaults of a new clinic.
const sendingHours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' } as const
