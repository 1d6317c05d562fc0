import { columnsOf, type ExportedRow, exportRows, type ExportTable } from '@yoman/db/exports/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { allow, may } from '@yoman/domain/access'
import { attachmentTitlePlace } from '../attachments/view.ts'
import { privateNotePlace } from '../blocks/view.ts'
import { contactWordsPlace } from '../contacts/read.ts'
import type { Context } from '../context.ts'
import { notePlace } from '../encounters/view.ts'
import { valueChangePlace, valuePlace } from '../fields/view.ts'
import { answersPlace, reportedPlace, signaturePlace } from '../forms/view.ts'
import { letterPlace } from '../letters/letters.ts'
import { alertsPlace, identifierPlace } from '../patients/sealed.ts'
import { remarksPlace, shownPlace, signaturePlace as planSignaturePlace } from '../plans/view.ts'
import { read } from '../transact.ts'

const byId = [['id', 'uuid']] as const
const table = (name: string, key: ExportTable['key'] = byId): ExportTable => ({ name, key })

/** What a clinic owns; what is not here says why in `notExported`. */
const everyone = [
  table('clinic'), table('branch'), table('opening_hours'), table('staff'), table('staff_role'), table('resource'), table('practitioner'),
  table('working_hours'), table('hours_exception'), table('price_item'), table('price_change', [['price_item_id', 'uuid'], ['valid_from', 'date']]), table('price_list'), table('price_list_practitioner', [['price_list_id', 'uuid'], ['practitioner_id', 'uuid']]), table('price_list_item', [['price_list_id', 'uuid'], ['price_item_id', 'uuid']]), table('visit_type'), table('note_text'), table('note_text_start', [['note_text_id', 'uuid'], ['visit_type_id', 'uuid']]),
  table('visit_type_practitioner', [['visit_type_id', 'uuid'], ['practitioner_id', 'uuid']]),
  table('visit_type_need', [['visit_type_id', 'uuid'], ['seq', 'integer']]),
  table('visit_type_need_resource', [['visit_type_id', 'uuid'], ['seq', 'integer'], ['resource_id', 'uuid']]),
  table('patient'), table('patient_phone'), table('patient_relation'), table('patient_merge'), table('consent'), table('tag'), table('patient_tag', [['patient_id', 'uuid'], ['tag_id', 'uuid']]), table('patient_filter'),
  table('appointment'), table('allocation', [['appointment_id', 'uuid'], ['resource_id', 'uuid']]), table('appointment_status'), table('appointment_parking', [['appointment_id', 'uuid']]), table('visit_paper', [['appointment_id', 'uuid'], ['kind', 'text']]),
  table('block'), table('block_resource', [['block_id', 'uuid'], ['resource_id', 'uuid']]), table('rebooking'),
  table('series'), table('series_visit', [['appointment_id', 'uuid']]), table('series_change'), table('book_export'),
  table('next_visit_order'), table('next_visit_step', [['order_id', 'uuid'], ['step', 'integer']]),
  table('waitlist_entry'), table('waitlist_practitioner', [['entry_id', 'uuid'], ['practitioner_id', 'uuid']]), table('waitlist_place'), table('waitlist_offer'), table('waitlist_setting', [['version', 'integer']]),
  table('answer_setting', [['version', 'integer']]), table('answer_visit_type', [['visit_type_id', 'uuid']]),
  table('organisation'), table('allocation_request', [['invoice_id', 'uuid']]), table('allocation_answer'), table('payment_link'), table('payment_link_money'), table('accounting_entry', [['connection_id', 'uuid'], ['invoice_id', 'uuid']]), table('accounting_attempt'), table('accounting_stranger', [['connection_id', 'uuid'], ['service_id', 'text']]), table('patient_payer', [['patient_id', 'uuid']]), table('visit_payer', [['appointment_id', 'uuid']]), table('visit_payer_part', [['appointment_id', 'uuid'], ['organisation_id', 'uuid']]), table('invoice'), table('invoice_line', [['invoice_id', 'uuid'], ['line', 'integer']]), table('payment'), table('refund'), table('advance_use'), table('cheque_deposit'), table('cheque_move'), table('cash_closing'), table('cash_closing_means', [['closing_id', 'uuid'], ['method', 'text']]), table('cash_closing_payment', [['payment_id', 'uuid']]), table('cash_closing_refund', [['refund_id', 'uuid']]), table('document_counter', [['kind', 'text']]), table('open_request', [['invoice_id', 'uuid']]), table('visit_discount', [['appointment_id', 'uuid']]), table('discount_setting', [['version', 'integer']]), table('debt_setting', [['version', 'integer']]), table('debt_step', [['step', 'integer']]), table('debt_reminder', [['invoice_id', 'uuid'], ['step', 'integer']]), table('debt_pause'), table('debt_write_off'), table('statement_setting', [['version', 'integer']]), table('account_statement'), table('share_rule'), table('laboratory_cost'), table('month_closing'), table('closed_visit', [['closing_id', 'uuid'], ['appointment_id', 'uuid']]),
  table('reminder_rule_visit_type', [['rule_id', 'uuid'], ['visit_type_id', 'uuid']]), table('reminder_wish'), table('reminder_setting', [['version', 'integer']]), table('reminder_check'), table('reminder_call'),
  table('reminder_rule'), table('message_template', [['kind', 'text'], ['channel', 'text'], ['language', 'text']]), table('message_template_version', [['kind', 'text'], ['channel', 'text'], ['language', 'text'], ['version', 'integer']]), table('dead_address', [['channel', 'text'], ['address', 'text']]), table('sending_setting', [['version', 'integer']]), table('voice_setting', [['version', 'integer']]), table('whatsapp_setting', [['version', 'integer']]), table('whatsapp_template', [['language', 'text']]), table('reminder'), table('message'), table('message_visit', [['message_id', 'uuid'], ['appointment_id', 'uuid']]),
  table('message_receipt'), table('inbound_message'), table('conversation'), table('quick_text', [['version', 'integer']]), table('event'), table('import_job'),
  table('custom_field'), table('custom_value'), table('custom_value_change'),
  table('handover'), table('shift_note'), table('flow_setting', [['branch_id', 'uuid']]),
  table('calendar_feed'), table('task'), table('contact'), table('contact_earlier', [['contact_id', 'uuid'], ['version', 'integer']]),
  table('form'), table('form_version', [['form_id', 'uuid'], ['seq', 'integer']]), table('form_response'),
  table('treatment_plan'), table('treatment_plan_phase'), table('treatment_plan_item'), table('treatment_plan_order', [['phase_id', 'uuid'], ['order_id', 'uuid']]), table('treatment_plan_signature'),
  table('letter_template', [['kind', 'text'], ['language', 'text'], ['seq', 'integer']]),
]

/** Clinical: leaves only with somebody who may read notes. */
const clinical = [table('encounter'), table('note_version'), table('procedure_done'), table('attachment'), table('reported_alert'), table('letter'), table('tooth_finding')]

/** All that leaves, with whoever may read all of it. */
export const exportedTables: readonly string[] = [...everyone, ...clinical].map(({ name }) => name)

/** Tables of a clinic that stay, and why. */
export const notExported: Record<string, string> = {
  login: 'a secret: passwords', session: 'a secret: sign-ins', refresh_token: 'a secret: sign-ins', data_key: 'a secret: keys of what is sealed', signing_certificate: 'a secret: the key that signs documents',
  tax_authority_connection: 'a secret: leave to ask the Tax Authority', accounting_connection: 'a secret: what opens the accounting service', payment_provider_connection: 'a secret: keys of the payment provider', visit_link: 'a secret: links to visits', waiting_screen: 'a secret: what screens of waiting rooms open with',
  outbox: 'the product for itself: what other processes are to hear', patient_search: 'the product for itself: an index', sending_day: 'the product for itself: how much was sent of what may be',
  import_row: 'the file is the clinic\'s own; what was made of its rows leaves', patient_merge_row: 'the product for itself: which rows to carry back where a merge is undone; the merge leaves',
  diary_look: 'how far each person has seen the diary', staff_preference: 'how each person likes the screens',
  ticket: 'numbers that are called in the waiting room, of one day', ticket_counter: 'numbers that are called in the waiting room, of one day',
}

const hidden = ['clinic_id', 'identifier_index', 'token_hash', 'device_hash', 'content_hash', 'storage_key', 'preview_key', 'preview_state', 'before_sealed']

/** Sealed columns, what they are called once opened, and where they lie. */
const sealed: Record<string, { as: string; place: (rowId: string) => Place; clinical: boolean }> = {
  'patient.identifier_sealed': { as: 'identifier', place: identifierPlace, clinical: false },
  'patient.alerts_sealed': { as: 'alerts', place: alertsPlace, clinical: true },
  'block.private_note_sealed': { as: 'private_note', place: privateNotePlace, clinical: false },
  'attachment.title_sealed': { as: 'title', place: attachmentTitlePlace, clinical: true },
  'custom_value.value_sealed': { as: 'clinical_value', place: valuePlace, clinical: true },
  'custom_value_change.value_sealed': { as: 'clinical_value', place: valueChangePlace, clinical: true },
  'contact.words_sealed': { as: 'words', place: contactWordsPlace, clinical: false },
  'contact_earlier.words_sealed': { as: 'words', place: contactWordsPlace, clinical: false },
  'form_response.answers_sealed': { as: 'answers', place: answersPlace, clinical: true },
  'form_response.signature_sealed': { as: 'signature', place: signaturePlace, clinical: true },
  'reported_alert.words_sealed': { as: 'words', place: reportedPlace, clinical: true },
  'treatment_plan.remarks_sealed': { as: 'remarks', place: remarksPlace, clinical: true },
  'treatment_plan_signature.shown_sealed': { as: 'shown', place: shownPlace, clinical: true },
  'treatment_plan_signature.signature_sealed': { as: 'signature', place: planSignaturePlace, clinical: true },
  'letter.content_sealed': { as: 'content', place: letterPlace, clinical: true },
  'note_version.body_sealed': { as: 'body', place: notePlace, clinical: true },
}

export interface ExportPart {
  name: string
  columns: string[]
  /** Rows in pages; each page is read in a transaction of its own, so nobody is kept waiting by a slow download. */
  pages(): AsyncGenerator<ExportedRow[]>
}

const atOnce = 1_000

/**
 * Everything the clinic owns, table by table. Clinical words leave only with somebody who may read them: `leftOut` says what did not.
 * The caller records that it was exported.
 */
export async function exportClinic(ctx: Context): Promise<{ parts: ExportPart[]; leftOut: string[] }> {
  allow(ctx.actor, 'data.export')
  const reads = may(ctx.actor, 'note.read')
  const tables = reads ? [...everyone, ...clinical] : everyone
  const [columns, sealer] = await read(ctx, (db) => Promise.all([columnsOf(db, tables.map(({ name }) => name)), ctx.vault.sealerOf(db, ctx.clinicId)]))
  const parts = tables.map((one) => ({
    name: one.name,
    columns: (columns.get(one.name) ?? []).flatMap((column) => nameOf(one.name, column, reads)),
    pages: () => pagesOf(ctx, sealer, one, reads),
  }))
  return { parts, leftOut: reads ? [] : [...clinical.map(({ name }) => name), ...clinicalColumns()] }
}

/** Clinical columns of tables that leave with everybody, by the names that they would have outside. */
const clinicalColumns = (): string[] =>
  Object.entries(sealed).flatMap(([key, { as, clinical: secret }]) => {
    const [name = ''] = key.split('.')
    return secret && everyone.some((one) => one.name === name) ? [`${name}.${as}`] : []
  })

/** What a column is called outside; nothing where it stays inside. */
function nameOf(tableName: string, column: string, reads: boolean): string[] {
  if (hidden.includes(column)) return []
  const secret = sealed[`${tableName}.${column}`]
  return secret ? (secret.clinical && !reads ? [] : [secret.as]) : [column]
}

async function* pagesOf(ctx: Context, sealer: Sealer, one: ExportTable, reads: boolean): AsyncGenerator<ExportedRow[]> {
  for (let after: string[] | null = null; ; ) {
    const rows: ExportedRow[] = await read(ctx, (db) => exportRows(db, one, after, atOnce))
    if (rows.length === 0) return
    yield rows.map((row) => opened(sealer, one.name, row, reads))
    const last = rows.at(-1)
    after = one.key.map(([column]) => String(last?.[column] ?? ''))
  }
}

function opened(sealer: Sealer, tableName: string, row: ExportedRow, reads: boolean): ExportedRow {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]): [string, ExportedRow[string]][] => {
      const [name] = nameOf(tableName, column, reads)
      if (name === undefined) return []
      const secret = sealed[`${tableName}.${column}`]
      if (!secret || value === null) return [[name, value]]
      return [[name, sealer.open(secret.place(String(row['id'] ?? row['contact_id'])), Buffer.from(String(value).slice(2), 'hex'))]] // after the \x
    }),
  )
}
