import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, Line, Nullable, Uuid, Version } from './common.ts'
import { Measure } from './discounts.ts'
import { Bill, Invoice } from './invoices.ts'
import { PartProcedures } from './payer-parts.ts'
import { routeTable } from './route.ts'

const fields = {
  name: Line(120, 1),
  nameLatin: Line(120),
  /** Nine digits of an authorised dealer; empty where it is none. */
  dealerNumber: Line(20),
  address: Line(200),
  email: Line(254),
  /** Whether it agreed beforehand to have its documents by e-mail. */
  takesEmail: Type.Boolean(),
  /** Of its documents. */
  language: Choice(['he', 'en']),
}

/** Who pays for visits and is no patient: an employer, an insurer, a health fund, another clinic. */
export const Organisation = Exact({ id: Uuid, ...fields, active: Type.Boolean(), version: Version })
export type Organisation = Static<typeof Organisation>

const fieldProblems = ['name_missing', 'dealer_number_invalid', 'email_invalid'] as const
/** Null: the patient pays. */
const Choosing = Exact({ organisationId: Nullable(Uuid) })
const PartParams = Exact({ id: Uuid, organisationId: Uuid })

export const organisationRoutes = routeTable({
  'GET /organisations': { permission: 'invoice.read', audit: 'none', summary: 'Who pays for visits and is no patient, by name; those out of use too.', status: 200, response: Exact({ items: Type.Array(Organisation) }) },
  'POST /organisations': { permission: 'invoice.write', audit: 'write', summary: 'Add an organisation that pays. The same id again answers the same one.', body: Exact({ id: Uuid, ...fields }), status: 201, response: Organisation, problems: [...fieldProblems, 'id_taken'] },
  'PUT /organisations/:id': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Change an organisation, or put it out of use. Documents that were issued to it stay as they are.',
    params: ById,
    body: Exact({ version: Version, ...fields, active: Type.Boolean() }),
    status: 200,
    response: Organisation,
    problems: [...fieldProblems, 'stale_version'],
  },
  'GET /patients/:id/payer': { permission: 'invoice.read', audit: 'read', summary: "The organisation that pays for a patient's visits; null where the patient does.", params: ById, status: 200, response: Choosing },
  'PUT /patients/:id/payer': {
    permission: 'invoice.write',
    audit: 'write',
    summary: "Choose who pays for a patient's visits that are not billed yet.",
    params: ById,
    body: Choosing,
    status: 200,
    response: Choosing,
    problems: ['reference_unknown', 'patient_merged'],
  },
  'PUT /appointments/:id/payer': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Choose whom a visit is billed to, before it has a document.',
    params: ById,
    body: Choosing,
    status: 200,
    response: Bill,
    problems: ['reference_unknown', 'already_billed', 'same_payer'],
  },
  'PUT /appointments/:id/payer-parts/:organisationId': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'What an organisation pays of a visit that another is billed the rest of, before the visit has a document.',
    params: PartParams,
    body: Exact({ part: Measure, procedureIds: PartProcedures }),
    status: 200,
    response: Bill,
    problems: ['reference_unknown', 'already_billed', 'same_payer', 'payer_parts_too_large'],
  },
  'DELETE /appointments/:id/payer-parts/:organisationId': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'The organisation pays nothing of the visit any more, before the visit has a document.',
    params: PartParams,
    status: 200,
    response: Bill,
    problems: ['already_billed'],
  },
  'POST /invoices/:id/reassignments': {
    permission: 'invoice.write',
    audit: 'write',
    summary: "Ask somebody else for what is left of a visit's transaction invoice, by one of the given id that is based on it.",
    params: ById,
    body: Exact({ id: Uuid, organisationId: Nullable(Uuid) }),
    status: 201,
    response: Invoice,
    problems: ['nothing_owed', 'same_payer', 'reference_unknown', 'id_taken', 'already_billed'],
  },
})
