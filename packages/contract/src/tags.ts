import { type Static, Type } from 'typebox'
import { ById, Choice, Exact, Line, Nothing, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

export const tagTones = ['neutral', 'info', 'primary', 'warning', 'success', 'danger'] as const
const words = { name: Line(40, 1), tone: Choice(tagTones) }

/** A word of the clinic's own that hangs on patients. Everybody of the staff reads it: it is no place for what is clinical. */
export const Tag = Exact({ id: Uuid, ...words, retired: Type.Boolean(), version: Version })
export type Tag = Static<typeof Tag>

const OfPatient = Exact({ id: Uuid, tagId: Uuid })

export const tagRoutes = routeTable({
  'GET /tags': { permission: 'patient.read', audit: 'none', summary: "The clinic's tags by name; those out of use too.", status: 200, response: Exact({ items: Type.Array(Tag) }) },
  'POST /tags': { permission: 'settings.write', audit: 'write', summary: 'Add a tag. The same id again answers the same one.', body: Exact({ id: Uuid, ...words }), status: 201, response: Tag, problems: ['id_taken', 'tag_name_taken'] },
  'PUT /tags/:id': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change a tag, or put it out of use; where it hangs it stays.',
    params: ById,
    body: Exact({ version: Version, ...words, retired: Type.Boolean() }),
    status: 200,
    response: Tag,
    problems: ['stale_version', 'tag_name_taken'],
  },
  'GET /patients/:id/tags': { permission: 'patient.read', audit: 'read', summary: 'Which tags hang on a patient.', params: ById, status: 200, response: Exact({ tagIds: Type.Array(Uuid) }) },
  'PUT /patients/:id/tags/:tagId': { permission: 'patient.write', audit: 'write', summary: 'Hang a tag on a patient; where it hangs already nothing changes.', params: OfPatient, status: 204, response: Nothing, problems: ['reference_unknown', 'patient_merged'] },
  'DELETE /patients/:id/tags/:tagId': { permission: 'patient.write', audit: 'write', summary: 'Take a tag off a patient.', params: OfPatient, status: 204, response: Nothing },
})
