import { moneyRefusals } from './money/refusals.ts'

/**
 * Every way the domain says no. The code is stable: clients, translations and docs/PROBLEMS.md hang on it.
 * Adding one: here (about money in `money/refusals.ts`), its status in `refusals`, its texts in the web client's locales, its line in docs/PROBLEMS.md.
 */
export const refusals = {
  // appointments
  slot_taken: 409,
  slot_held: 409,
  hold_expired: 409,
  starts_in_the_past: 422,
  ends_before_it_starts: 422,
  too_long: 422,
  too_far_ahead: 422,
  outside_working_hours: 422,
  not_offered_by_practitioner: 422,
  resource_not_in_branch: 422,
  room_kind_missing: 422,
  need_missing: 422,
  overbooking_needs_reason: 422,
  overbooking_limit_reached: 409,
  status_change_not_allowed: 409,
  nothing_to_undo: 409,
  appointment_is_final: 409,
  already_parked: 409,
  paper_not_asked: 422,
  time_blocked: 409,
  visit_link_closed: 409,
  answer_needs_call: 409,
  nothing_owed: 409,
  debt_steps_order: 422,
  debt_steps_done: 409,
  debt_paused: 409,
  conversation_patient_missing: 422,
  // signing
  certificate_unreadable: 422,
  certificate_password_wrong: 422,
  certificate_cannot_sign: 422,
  certificate_expired: 422,
  certificate_not_yet_valid: 422,
  // versions and ids
  stale_version: 409,
  id_taken: 409,
  // patients
  patient_known: 409,
  name_missing: 422,
  national_id_invalid: 422,
  national_id_taken: 409,
  passport_invalid: 422,
  phone_invalid: 422,
  email_invalid: 422,
  birth_date_in_future: 422,
  birth_date_too_early: 422,
  related_to_self: 422,
  patient_merged: 409,
  merge_of_one: 422,
  merge_proposed: 409,
  merge_decided: 409,
  merge_by_self: 409,
  merge_phones_too_many: 422,
  merge_note_too_long: 422,
  merge_choice_wrong: 422,
  merge_not_standing: 409,
  merge_not_last: 409,
  // encounters and orders
  note_already_signed: 409,
  note_not_signed: 409,
  note_empty: 422,
  note_too_long: 422,
  not_the_author: 409,
  amendment_needs_reason: 422,
  order_already_booked: 409,
  order_cancelled: 409,
  order_window_invalid: 422,
  order_steps_missing: 422,
  order_gap_broken: 422,
  tooth_unknown: 422,
  surface_unknown: 422,
  finding_form_wrong: 422,
  finding_ended: 409,
  finding_known: 409,
  // letters
  letter_empty: 422,
  licence_missing: 422,
  identifier_missing: 422,
  drug_needs_special_form: 422,
  // treatment plans
  plan_not_a_draft: 409,
  plan_step_not_allowed: 409,
  plan_empty: 422,
  plan_reason_missing: 422,
  plan_estimate_invalid: 422,
  plan_changed: 409,
  plan_already_answered: 409,
  plan_being_revised: 409,
  signature_missing: 422,
  phase_not_waiting: 409,
  phase_needs_visit_type: 422,
  // attachments
  attachment_type_unknown: 415,
  attachment_torn: 422,
  picture_too_large: 422,
  attachment_date_in_future: 422,
  attachment_limit_reached: 409,
  attachment_withdrawn: 409,
  withdrawal_needs_reason: 422,
  attachment_damaged: 500,
  storage_full: 507,
  // the waitlist
  already_waiting: 409,
  waitlist_entry_closed: 409,
  waitlist_until_past: 422,
  offer_gone: 409,
  offer_outside_sending_hours: 422,
  // series
  series_empty: 422,
  not_in_series: 422,
  ...moneyRefusals,
  // staff and access
  email_taken: 409,
  password_wrong: 422,
  password_too_short: 422,
  password_too_common: 422,
  last_owner: 422,
  sign_in_failed: 401,
  setup_link_invalid: 410,
  // tasks, hand-overs and screens
  task_closed: 409,
  contact_with_nobody: 422,
  contact_without_words: 422,
  contact_settled: 409,
  handover_waiting: 409,
  handover_ended: 409,
  handover_by_self: 409,
  screen_link_invalid: 410,
  // settings
  hours_overlap: 422,
  resource_form_wrong: 422,
  price_code_taken: 409,
  price_list_dates_wrong: 422,
  price_twice: 422,
  note_text_name_taken: 409,
  tag_name_taken: 409,
  patient_filter_name_taken: 409,
  filter_field_unfit: 422,
  filter_range_wrong: 422,
  note_text_start_taken: 409,
  snippet_letters: 422,
  time_zone_unknown: 422,
  field_key_taken: 409,
  field_label_missing: 422,
  field_options_missing: 422,
  field_form_wrong: 422,
  formula_wrong: 422,
  formula_leaks: 422,
  field_value_wrong: 422,
  field_not_yours: 403,
  // forms
  form_empty: 422,
  form_field_unfit: 422,
  form_classes_mixed: 422,
  form_retired: 409,
  form_closed: 409,
  form_answer_missing: 422,
  form_signature_missing: 422,
  form_not_yours: 403,
  alert_settled: 409,
  template_placeholder_unknown: 422,
  template_word_answer: 422,
  template_word_clinical: 422,
  template_word_promotion: 422,
  template_too_long: 422,
  template_link_missing: 422,
  whatsapp_sender_taken: 409,
  whatsapp_text_edge: 422,
  whatsapp_text_crowded: 422,
  rule_time_in_quiet_hours: 422,
  reminder_wish_contradicts: 422,
  // blocks
  block_form_wrong: 422,
  block_too_long: 422,
  holiday_decided: 409,
  not_waiting_for_rebooking: 409,
  // messages
  nothing_to_send_to: 422,
  no_consent: 422,
  message_not_settled: 409,
  message_too_late: 422,
  excuse_needs_reason: 422,
  // imports
  file_unreadable: 422,
  file_empty: 422,
  file_too_large: 413,
  column_missing: 422,
  import_not_ready: 409,
  import_already_run: 409,
  // the rest
  reference_unknown: 422,
  cursor_invalid: 400,
} as const

export type RefusalCode = keyof typeof refusals

/** The one error a rule throws. `params` are plain values for the sentence shown to the person; never personal data. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly params: Readonly<Record<string, string | number | boolean>>

  constructor(code: RefusalCode, params: Record<string, string | number | boolean> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.params = params
  }
}

/** Thrown when an id does not exist or is not the actor's to see: both look the same from outside. */
export class NotFound extends Error {
  constructor(what: string) {
    super(`${what} not found`)
    this.name = 'NotFound'
  }
}

/** Thrown by `allow`: the actor's roles do not carry the permission. */
export class Forbidden extends Error {
  readonly permission: string

  constructor(permission: string) {
    super(`not allowed: ${permission}`)
    this.name = 'Forbidden'
    this.permission = permission
  }
}
