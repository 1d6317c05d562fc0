import { type Static, Type } from 'typebox'
import { askedPapers } from '@yoman/domain/papers/paper'
import { Agorot, ById, Choice, Colour, DateText, Exact, Line, Nothing, Nullable, TimeText, Uuid, Version } from './common.ts'
import { PriceChange } from './prices.ts'
import { routeTable } from './route.ts'

export const resourceKinds = ['practitioner', 'room', 'chair', 'device'] as const
export const placeKinds = ['room', 'chair', 'device'] as const
export const professions = ['doctor', 'hygienist', 'assistant'] as const

/** ISO: 1 is Monday, 7 is Sunday. */
const Weekday = Type.Integer({ minimum: 1, maximum: 7 })
const Name = Line(120, 1)
const Minutes = (least: number, most: number) => Type.Integer({ minimum: least, maximum: most })

const Opening = Exact({ weekday: Weekday, opens: TimeText, closes: TimeText })
const Working = Exact({ branchId: Uuid, weekday: Weekday, starts: TimeText, ends: TimeText, validFrom: Nullable(DateText), validTo: Nullable(DateText) })

export const Clinic = Exact({
  id: Uuid,
  name: Type.String(),
  /** For English screens and messages in other languages than Hebrew and Arabic; empty: the name itself. */
  nameEn: Type.String(),
  legalName: Type.String(),
  vatNumber: Type.String(),
  language: Choice(['he', 'en']),
  currency: Type.String(),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  /** How many visits of a practitioner may be booked over others on one day; 0 is never. */
  overbookLimit: Type.Integer(),
  /** Whether teeth are charted here. */
  dental: Type.Boolean(),
  version: Version,
})

export const Branch = Exact({
  id: Uuid,
  name: Type.String(),
  nameEn: Type.String(),
  address: Type.String(),
  city: Type.String(),
  phone: Nullable(Type.String()),
  timeZone: Type.String(),
  active: Type.Boolean(),
  hours: Type.Array(Opening),
  version: Version,
})

const Practitioner = Exact({ staffId: Nullable(Uuid), profession: Choice(professions), title: Line(40), speciality: Line(120), licenceNumber: Line(40) })

/** Who or what can be booked. A practitioner's hours say where they work and when; places stand in one branch. */
export const Resource = Exact({
  id: Uuid,
  kind: Choice(resourceKinds),
  name: Type.String(),
  nameEn: Type.String(),
  branchId: Nullable(Uuid),
  sort: Type.Integer(),
  colour: Colour,
  active: Type.Boolean(),
  practitioner: Nullable(Practitioner),
  hours: Type.Array(Working),
  version: Version,
})

const visitTypeFields = {
  name: Name,
  nameEn: Line(120),
  /** What a patient may read in a message: nothing clinical. */
  publicName: Line(120),
  publicNameEn: Line(120),
  /** Null: only whoever is listed in `practitionerIds`. */
  profession: Nullable(Choice(professions)),
  durationMinutes: Minutes(5, 720),
  bufferBeforeMinutes: Minutes(0, 120),
  bufferAfterMinutes: Minutes(0, 120),
  /** Null: needs no place of its own. */
  placeKind: Nullable(Choice(placeKinds)),
  priceItemId: Nullable(Uuid),
  colour: Colour,
  /** Empty: everyone of the profession. */
  practitionerIds: Type.Array(Uuid, { maxItems: 200, uniqueItems: true }),
}
/** What it needs beside the practitioner and the place: one of those listed, or anyone or anything of the kind (and profession). */
const Needs = Type.Array(Exact({ kind: Choice(resourceKinds), profession: Nullable(Choice(professions)), resourceIds: Type.Array(Uuid, { maxItems: 50, uniqueItems: true }) }), { maxItems: 4 })
/** Unset: as they are; a new kind of visit has none. */
const needs = Type.Optional(Needs)
/** A paper that the patient brings: without it the visit is marked. Unset: as it is; a new kind of visit asks for none. */
const Paper = Choice(askedPapers)
const paper = Type.Optional(Paper)
export const VisitType = Exact({ id: Uuid, ...visitTypeFields, needs: Needs, paper: Paper, active: Type.Boolean(), version: Version })

const priceFields = { code: Line(40, 1), name: Line(200, 1), nameEn: Line(200), priceAgorot: Agorot }
/** Dated changes of the base price; `priceAgorot` holds until the first. Unset: as they are. */
const changes = Type.Optional(Type.Array(PriceChange, { maxItems: 50 }))
/** Prices include VAT. */
export const PriceItem = Exact({ id: Uuid, ...priceFields, changes: Type.Array(PriceChange), active: Type.Boolean(), version: Version })

/** Everything the screens need to draw a clinic; the parts that are not active too, for old visits show them. */
export const Settings = Exact({
  clinic: Clinic,
  branches: Type.Array(Branch),
  resources: Type.Array(Resource),
  visitTypes: Type.Array(VisitType),
  priceItems: Type.Array(PriceItem),
  /** Whoever works or worked here and has a name in English; rows of other answers tell of them by `name` alone. */
  colleagues: Type.Array(Exact({ name: Type.String(), nameEn: Type.String() })),
})
export type Settings = Static<typeof Settings>

const exceptionFields = {
  /** Null: the whole branch. */
  resourceId: Nullable(Uuid),
  /** Null: wherever the resource is that day. */
  branchId: Nullable(Uuid),
  date: DateText,
  kind: Choice(['closed', 'open']),
  /** Both null: closed the whole day. */
  starts: Nullable(TimeText),
  ends: Nullable(TimeText),
  reason: Line(200),
}
/** One date that differs from the week: closed, or open at other hours too. */
export const HoursException = Exact({ id: Uuid, ...exceptionFields })

const optional = Type.Optional
const edit = { version: Version }

export const settingsRoutes = routeTable({
  'GET /settings': { permission: 'settings.read', audit: 'none', summary: 'Branches, resources, visit types and prices in one answer.', status: 200, response: Settings },

  'PATCH /clinic': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change the details of the clinic.',
    body: Exact({
      ...edit,
      name: optional(Line(200, 1)),
      nameEn: optional(Line(200)),
      legalName: optional(Line(200)),
      vatNumber: optional(Type.String({ pattern: '^[0-9]{0,9}$' })),
      language: optional(Choice(['he', 'en'])),
      email: optional(Nullable(Line(254, 3))),
      phone: optional(Nullable(Line(40, 3))),
      overbookLimit: optional(Type.Integer({ minimum: 0, maximum: 20 })),
      dental: optional(Type.Boolean()),
    }),
    status: 200,
    response: Clinic,
    problems: ['stale_version', 'email_invalid', 'phone_invalid'],
  },

  'POST /branches': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Open a branch.',
    body: Exact({ id: Uuid, name: Line(200, 1), nameEn: optional(Line(200)), address: Line(200), city: Line(100), phone: Nullable(Line(40, 3)), timeZone: Line(60, 1) }),
    status: 201,
    response: Branch,
    problems: ['time_zone_unknown', 'phone_invalid', 'id_taken'],
  },
  'PATCH /branches/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a branch, or close it.',
    params: ById,
    body: Exact({
      ...edit,
      name: optional(Line(200, 1)),
      nameEn: optional(Line(200)),
      address: optional(Line(200)),
      city: optional(Line(100)),
      phone: optional(Nullable(Line(40, 3))),
      timeZone: optional(Line(60, 1)),
      active: optional(Type.Boolean()),
    }),
    status: 200,
    response: Branch,
    problems: ['stale_version', 'time_zone_unknown', 'phone_invalid', 'month_closed'],
  },
  'PUT /branches/:id/opening-hours': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'The hours of a branch; these and no others.',
    params: ById,
    body: Exact({ ...edit, hours: Type.Array(Opening, { maxItems: 50 }) }),
    status: 200,
    response: Branch,
    problems: ['stale_version', 'hours_overlap', 'ends_before_it_starts'],
  },

  'POST /resources': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Add a practitioner or a place.',
    body: Exact({ id: Uuid, kind: Choice(resourceKinds), name: Name, nameEn: Line(120), branchId: Nullable(Uuid), colour: Colour, practitioner: Nullable(Practitioner) }),
    status: 201,
    response: Resource,
    problems: ['resource_form_wrong', 'reference_unknown', 'id_taken'],
  },
  'PATCH /resources/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a practitioner or a place, or put it out of use.',
    params: ById,
    body: Exact({
      ...edit,
      name: optional(Name),
      nameEn: optional(Line(120)),
      sort: optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
      colour: optional(Colour),
      active: optional(Type.Boolean()),
      practitioner: optional(Practitioner),
    }),
    status: 200,
    response: Resource,
    problems: ['stale_version', 'resource_form_wrong', 'reference_unknown'],
  },
  'PUT /resources/:id/working-hours': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'The week of a practitioner; these hours and no others. A break is the gap between two of a day.',
    params: ById,
    body: Exact({ ...edit, hours: Type.Array(Working, { maxItems: 200 }) }),
    status: 200,
    response: Resource,
    problems: ['stale_version', 'hours_overlap', 'ends_before_it_starts', 'reference_unknown'],
  },

  'GET /hours-exceptions': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'Dates that differ, up to 400 days of them.',
    query: Exact({ from: DateText, to: DateText }),
    status: 200,
    response: Exact({ items: Type.Array(HoursException) }),
    problems: ['too_long'],
  },
  'POST /hours-exceptions': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Close or open somebody, something or a whole branch on one date. Booked visits that are left without their hours come onto the rebooking list; `hits` says how many.',
    body: HoursException,
    status: 201,
    response: Exact({ id: Uuid, ...exceptionFields, hits: Type.Integer() }),
    problems: ['resource_form_wrong', 'ends_before_it_starts', 'reference_unknown', 'id_taken'],
  },
  'DELETE /hours-exceptions/:id': { permission: 'settings.write', audit: 'write', summary: 'Take an exception back.', params: ById, status: 204, response: Nothing },

  'POST /visit-types': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Add a kind of visit.',
    body: Exact({ id: Uuid, ...visitTypeFields, needs, paper }),
    status: 201,
    response: VisitType,
    problems: ['resource_form_wrong', 'reference_unknown', 'id_taken'],
  },
  'PUT /visit-types/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a kind of visit, or put it out of use. Visits that are booked keep their times.',
    params: ById,
    body: Exact({ ...edit, ...visitTypeFields, needs, paper, active: Type.Boolean() }),
    status: 200,
    response: VisitType,
    problems: ['stale_version', 'resource_form_wrong', 'reference_unknown'],
  },

  'POST /price-items': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Add a line to the price list.',
    body: Exact({ id: Uuid, ...priceFields, changes }),
    status: 201,
    response: PriceItem,
    problems: ['id_taken', 'price_code_taken', 'price_twice'],
  },
  'PUT /price-items/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a line of the price list, or put it out of use. What was billed keeps its price.',
    params: ById,
    body: Exact({ ...edit, ...priceFields, changes, active: Type.Boolean() }),
    status: 200,
    response: PriceItem,
    problems: ['stale_version', 'price_code_taken', 'price_twice'],
  },
})
