import { planReminders } from '@yoman/domain/reminders/plan'
import type { ReminderRule } from '@yoman/domain/reminders/rules'
import { type Instant, plainTime } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { makeRandom, type Random } from './random.ts'

/** The clinic's rules: the day before at ten by SMS and else by e-mail, surgery three days before as well; and what they plan for every visit to come. */
export function makeReminders(random: Random, rows: Rows, { clinicId: clinic_id, visitTypes }: DemoClinic, visits: DemoVisit[], now: Instant): void {
  const surgery = visitTypes.filter(({ minutes, profession }) => profession === 'doctor' && minutes >= 60).map(({ id }) => id)
  const more = makeRandom(20_261_123) // a chance of its own: what comes after these rows stays as it was before there were several rules
  const dayBefore = { branchId: null, daysBefore: 1, atTime: plainTime('10:00'), channel: 'sms', fallbackChannels: ['email'], active: true } as const
  const rules: ReminderRule[] = [{ ...dayBefore, id: random.id(), visitTypeIds: [] }, { ...dayBefore, id: more.id(), visitTypeIds: surgery }, { ...dayBefore, id: more.id(), visitTypeIds: surgery, daysBefore: 3, channel: 'email', fallbackChannels: ['sms'] }]
  for (const rule of rules) {
    rows.add('reminder_rule', { clinic_id, id: rule.id, branch_id: null, days_before: rule.daysBefore, at_time: rule.atTime.toString(), channel: rule.channel, fallback_channels: [...rule.fallbackChannels] })
    for (const visit_type_id of rule.visitTypeIds) rows.add('reminder_rule_visit_type', { clinic_id, rule_id: rule.id, visit_type_id })
  }
  for (const visit of visits)
    for (const planned of planReminders({ branchId: visit.branchId, visitTypeId: visit.type.id, startsAt: visit.start, status: visit.status }, rules, sendingHours, now))
      rows.add('reminder', {
        clinic_id, id: (planned.channel === 'sms' ? random : more).id(), appointment_id: visit.id, appointment_starts_at: visit.start.toString(), rule_id: planned.ruleId, channel: planned.channel,
        due_at: planned.dueAt.toString(), state: planned.skip ? 'skipped' : 'planned', skip_reason: planned.skip, moved_for: planned.movedFor,
      })
}

// The defaults of a new clinic.
const sendingHours = { zone: 'Asia/Jerusalem', quietFrom: plainTime('21:00'), quietTo: plainTime('08:00'), eveCutoff: plainTime('13:00'), sabbathPolicy: 'back' } as const
