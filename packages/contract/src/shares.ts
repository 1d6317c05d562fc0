import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, Line, Nothing, Nullable, Uuid } from './common.ts'
import { file, routeTable } from './route.ts'

const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$', description: 'for example 2026-11' })
const Amount = Type.Integer({ description: 'agorot' })
const Who = Exact({ givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })
const dearest = 100_000_000

/** One of the two sums is null. */
const rule = {
  practitionerId: Uuid,
  /** Null: every treatment without a rule of its own. */
  priceItemId: Nullable(Uuid),
  /** The first day of visits that it holds for. */
  from: DateText,
  shareBasisPoints: Nullable(Type.Integer({ minimum: 0, maximum: 10_000, description: 'of the price without VAT: 4000 is 40 %' })),
  fixedAgorot: Nullable(Type.Integer({ minimum: 0, maximum: dearest, description: 'agorot for each piece' })),
}
export const ShareRule = Exact({ id: Uuid, ...rule })
export type ShareRule = Static<typeof ShareRule>

const sums = {
  pieces: Type.Integer({ minimum: 0 }),
  grossAgorot: Amount,
  netAgorot: Amount,
  shareAgorot: Amount,
  /** Pieces that no rule pays for. */
  unruled: Type.Integer({ minimum: 0 }),
  costsAgorot: Amount,
  bornAgorot: Type.Integer({ description: "agorot of the laboratories' costs that are the practitioner's" }),
  totalAgorot: Type.Integer({ description: 'agorot: the share less that; may be below nothing' }),
}
export const PractitionerMonth = Exact({ practitionerId: Uuid, ...sums })
export type PractitionerMonth = Static<typeof PractitionerMonth>

const piece = { id: Uuid, kind: Choice(['procedure', 'visit']), day: DateText, patient: Who, name: Type.String(), nameEn: Type.String(), quantity: Type.Integer({ minimum: 1 }) }
export const ShareStatement = Exact({
  month: Month,
  practitionerId: Uuid,
  ...sums,
  items: Type.Array(Exact({ ...piece, grossAgorot: Amount, netAgorot: Amount, shareAgorot: Amount, rule: Nullable(ShareRule) })),
  costs: Type.Array(Exact({ id: Uuid, day: DateText, laboratory: Type.String(), reference: Type.String(), amountAgorot: Amount, bornAgorot: Amount, of: Exact(piece) })),
})
export type ShareStatement = Static<typeof ShareStatement>

const OfMonth = Exact({ month: Month })
const OfOne = Exact({ month: Month, practitionerId: Uuid })
const language = Exact({ language: Choice(['he', 'en']) })

export const shareRoutes = routeTable({
  'GET /share-rules': { permission: 'share.read', audit: 'none', summary: 'What each practitioner is paid, the newest rules first.', status: 200, response: Exact({ items: Type.Array(ShareRule) }) },
  'POST /share-rules': {
    permission: 'share.write',
    audit: 'write',
    summary: 'A part of the price without VAT, or a sum for each piece, from a day on: of one treatment, or of all without a rule of their own.',
    body: ShareRule,
    status: 201,
    response: ShareRule,
    problems: ['share_rule_exists', 'share_rule_one_of_two', 'month_closed', 'reference_unknown', 'id_taken'],
  },
  'DELETE /share-rules/:id': { permission: 'share.write', audit: 'write', summary: 'Take a rule back whose day is in no closed month.', params: ById, status: 204, response: Nothing, problems: ['month_closed'] },
  'GET /shares/:month': {
    permission: 'share.read',
    audit: 'none', // sums
    summary: 'What a month owes each practitioner.',
    params: OfMonth,
    status: 200,
    response: Exact({ items: Type.Array(PractitionerMonth) }),
  },
  'GET /shares/:month/:practitionerId': { permission: 'share.read', audit: 'read', summary: "A practitioner's month, piece by piece, and the laboratories' costs that came in it.", params: OfOne, status: 200, response: ShareStatement },
  'GET /shares/:month/:practitionerId/pdf': { permission: 'share.read', audit: 'read', summary: 'The same as a PDF.', params: OfOne, query: language, status: 200, response: file('application/pdf') },
  'GET /shares/:month/:practitionerId/csv': { permission: 'share.read', audit: 'read', summary: 'The same as a CSV file for a spreadsheet; sums in shekels.', params: OfOne, query: language, status: 200, response: file('text/csv') },
  'POST /laboratory-costs': {
    permission: 'share.write',
    audit: 'write',
    summary: "What a laboratory asked, without VAT, for something that was done; of the month of its bill's day.",
    body: Exact({ id: Uuid, procedureId: Uuid, day: DateText, laboratory: Line(120, 1), reference: Line(60), amountAgorot: Type.Integer({ minimum: 1, maximum: dearest }) }),
    status: 204,
    response: Nothing,
    problems: ['procedure_not_signed', 'month_closed', 'id_taken'],
  },
  'DELETE /laboratory-costs/:id': { permission: 'share.write', audit: 'write', summary: 'Take a cost back that was noted by mistake.', params: ById, status: 204, response: Nothing, problems: ['month_closed'] },
})
