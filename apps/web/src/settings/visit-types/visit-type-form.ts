import type { Settings } from '@yoman/contract/settings'

export type VisitType = Settings['visitTypes'][number]
/** The choice that stands for null in a list of choices. */
export const none = 'none'

/** A person of any profession, one of those listed. */
export const anyPerson = 'practitioner'
export const needKinds = ['assistant', 'hygienist', 'doctor', anyPerson, 'room', 'chair', 'device'] as const
export interface NeedForm {
  what: (typeof needKinds)[number]
  resourceIds: string[]
}

/** The fields of a kind of visit as the form holds them. */
export const visitTypeForm = (of: VisitType | null) => ({
  name: of?.name ?? '',
  nameEn: of?.nameEn ?? '',
  publicName: of?.publicName ?? '',
  publicNameEn: of?.publicNameEn ?? '',
  profession: (of ? (of.profession ?? none) : 'doctor') as 'doctor' | 'hygienist' | 'assistant' | typeof none | null,
  duration: (of?.durationMinutes ?? 30) as number | null,
  before: (of?.bufferBeforeMinutes ?? 0) as number | null,
  after: (of?.bufferAfterMinutes ?? 0) as number | null,
  placeKind: (of?.placeKind ?? none) as 'room' | 'chair' | 'device' | typeof none | null,
  priceItemId: (of?.priceItemId ?? none) as string | null,
  colour: of?.colour ?? '#0f766e',
  paper: (of?.paper ?? 'none') as VisitType['paper'] | null,
  practitionerIds: of?.practitionerIds ?? [],
  needs: (of?.needs ?? []).map(({ kind, profession, resourceIds }): NeedForm => ({ what: kind === 'practitioner' ? (profession ?? anyPerson) : kind, resourceIds })),
  active: of?.active ?? true,
})
export type VisitTypeForm = ReturnType<typeof visitTypeForm>

/** What the contract takes, without `active`. */
export const visitTypeBody = (form: VisitTypeForm) => ({
  name: form.name.trim(),
  nameEn: form.nameEn.trim(),
  publicName: form.publicName.trim(),
  publicNameEn: form.publicNameEn.trim(),
  profession: form.profession === none ? null : form.profession,
  durationMinutes: form.duration ?? 30,
  bufferBeforeMinutes: form.before ?? 0,
  bufferAfterMinutes: form.after ?? 0,
  placeKind: form.placeKind === none ? null : form.placeKind,
  priceItemId: form.priceItemId === none ? null : form.priceItemId,
  colour: form.colour,
  paper: form.paper ?? 'none',
  practitionerIds: form.practitionerIds,
  needs: form.needs.map(needBody),
})

function needBody({ what, resourceIds }: NeedForm): VisitType['needs'][number] {
  if (what === 'room' || what === 'chair' || what === 'device') return { kind: what, profession: null, resourceIds }
  return { kind: 'practitioner', profession: what === anyPerson ? null : what, resourceIds }
}
