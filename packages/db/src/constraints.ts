import { Refusal, type RefusalCode } from '@yoman/domain/refusal'

/** What a broken constraint means to a person. A name that is not here is a fault of ours and stays a 500. */
const refusalByConstraint: Record<string, RefusalCode> = {
  no_double_booking: 'slot_taken',
  appointment_ends_after_start: 'ends_before_it_starts',
  encounter_one_per_appointment: 'id_taken',
  note_version_in_order: 'stale_version',
  custom_field_key_once: 'field_key_taken',
  custom_value_once: 'stale_version',
  custom_value_change_in_order: 'stale_version',
  tooth_finding_once: 'finding_known',
  treatment_plan_one_revision: 'plan_being_revised',
  treatment_plan_signed_once: 'plan_already_answered',
  patient_identifier_once: 'national_id_taken',
  patient_merge_of_two: 'merge_of_one',
  patient_merge_once: 'patient_merged',
  patient_merge_proposed_once: 'merge_proposed',
  patient_merge_by_another: 'merge_by_self',
  patient_relation_to_another: 'related_to_self',
  login_email_once: 'email_taken',
  invoice_once_per_visit: 'already_billed',
  invoice_payer_part_once: 'already_billed',
  reassigned_within: 'nothing_owed',
  invoice_once_per_cheque: 'already_billed',
  cheque_move_once: 'cheque_moved',
  cheque_gone_once: 'cheque_moved',
  cheque_gone_whole: 'cheque_waits',
  cheque_gone_untaxed: 'cheque_moved',
  invoice_billed_anew_once: 'already_billed',
  deducted_of_its_kind: 'nothing_to_deduct',
  deducted_within: 'nothing_to_deduct',
  taken_back_of_its_kind: 'not_creditable',
  credit_within_invoice: 'credit_exceeds_invoice',
  refund_within_credit: 'refund_exceeds_credit',
  refund_within_paid: 'refund_exceeds_paid',
  cash_closing_once: 'cash_desk_closed',
  month_closed: 'month_closed',
  share_rule_once: 'share_rule_exists',
  next_visit_order_window: 'order_window_invalid',
  series_position_once: 'id_taken',
  series_change_undone_once: 'nothing_to_undo',
  handover_one_waiting: 'handover_waiting',
  handover_taken_by_another: 'handover_by_self',
  price_item_code_once: 'price_code_taken',
  note_text_name_once: 'note_text_name_taken',
  tag_name_once: 'tag_name_taken',
  patient_filter_name_once: 'patient_filter_name_taken',
  note_text_start_once: 'note_text_start_taken',
  waitlist_entry_once_per_visit: 'already_waiting',
  waitlist_offer_taken_once: 'offer_gone',
  block_holiday_once: 'holiday_decided',
  block_dates: 'block_too_long',
  whatsapp_sender_once: 'whatsapp_sender_taken',
  working_hours_end_after_start: 'ends_before_it_starts',
  opening_hours_close_after_open: 'ends_before_it_starts',
}

const uniqueViolation = '23505'
const foreignKeyViolation = '23503'

/** Turns a database violation into the refusal it stands for; everything else comes back as it was. */
export function asRefusal(error: unknown): unknown {
  if (!isDatabaseError(error)) return error
  const code = error.constraint === undefined ? undefined : refusalByConstraint[error.constraint]
  if (code) return new Refusal(code, code === 'month_closed' && error.detail !== undefined ? { month: error.detail } : {}) // the trigger names it there
  if (isIdTaken(error)) return new Refusal('id_taken')
  // A reference to a row of another clinic looks exactly like one to a row that does not exist.
  if (error.code === foreignKeyViolation) return new Refusal('reference_unknown')
  return error
}

/**
 * The whole transaction may simply be done again: after a deadlock or a serialisation failure, and where somebody else took the
 * very id in this moment. That is mostly the same request, sent twice at once; done again it finds its own row.
 */
export const isRetryable = (error: unknown): boolean =>
  isDatabaseError(error) && (error.code === '40P01' || error.code === '40001' || isIdTaken(error))

/** Somebody else's locks were in the way: a deadlock, or a `lock_timeout` that ran out. Nothing is wrong with the statement. */
export const isHindered = (error: unknown): boolean => isDatabaseError(error) && (error.code === '40P01' || error.code === '55P03')

/** Two rows of one key, whichever: for who knows by itself what that means. */
export const isUniqueViolation = (error: unknown): boolean => isDatabaseError(error) && error.code === uniqueViolation

const isIdTaken = ({ code, constraint }: DatabaseError): boolean => code === uniqueViolation && constraint?.endsWith('_pkey') === true

/** A prepared statement whose table has other columns by now ("cached plan must not change result type"): good for nothing on this connection. */
export const isPlanOutdated = (error: unknown): error is Error => isDatabaseError(error) && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'

interface DatabaseError extends Error {
  code: string
  routine?: string
  detail?: string
  constraint?: string
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
