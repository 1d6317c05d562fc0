import type { Teeth, ToothFinding, ToothPlan } from '@yoman/contract/teeth'
import { isFront, isMilkTooth, isRight, isUpper, surfacesOn, toothKind } from '@yoman/domain/teeth/tooth'
import { t } from '../i18n.ts'

/** What a tooth is called, for example "lower left first molar". */
export function toothName(tooth: string): string {
  const place = Number(tooth[1])
  const kind = toothKind(tooth)
  const name =
    kind === 'canine'
      ? t('teeth.name.canine')
      : kind === 'incisor'
        ? t(place === 1 ? 'teeth.name.incisor1' : 'teeth.name.incisor2')
        : kind === 'premolar'
          ? t(place === 4 ? 'teeth.name.premolar1' : 'teeth.name.premolar2')
          : t(molars[place - (isMilkTooth(tooth) ? 4 : 6)] ?? 'teeth.name.molar3')
  const where = isUpper(tooth) ? (isRight(tooth) ? 'teeth.where.upperRight' : 'teeth.where.upperLeft') : isRight(tooth) ? 'teeth.where.lowerRight' : 'teeth.where.lowerLeft'
  return [name, ...(isMilkTooth(tooth) ? [t('teeth.milk')] : []), t(where)].join(', ')
}
const molars = ['teeth.name.molar1', 'teeth.name.molar2', 'teeth.name.molar3'] as const

/** A finding in words: what, and on which faces. */
export const findingWords = ({ tooth, kind, surfaces }: Pick<ToothFinding, 'tooth' | 'kind' | 'surfaces'>): string => `${t(`teeth.kind.${kind}`)}${surfaces ? ` ${surfacesOn(tooth, surfaces)}` : ''}`

/** What a treatment plan means to do, in words: what, and on which faces. */
export const plannedWords = ({ tooth, description, surfaces }: Pick<ToothPlan, 'tooth' | 'description' | 'surfaces'>): string => `${description}${surfaces ? ` ${surfacesOn(tooth, surfaces)}` : ''}`

/** The face as it is called on this tooth. */
export function surfaceName(tooth: string, surface: 'M' | 'O' | 'D' | 'B' | 'L'): string {
  if (surface === 'O') return t(isFront(tooth) ? 'teeth.surface.I' : 'teeth.surface.O')
  if (surface === 'L') return t(isUpper(tooth) ? 'teeth.surface.P' : 'teeth.surface.L')
  return t(`teeth.surface.${surface}`)
}

/** All that a chart shows of a tooth, to be heard instead of seen. */
export function spokenTooth(tooth: string, { findings, done, planned }: Teeth): string {
  const here = findings.filter((one) => one.tooth === tooth && one.endedAs === null)
  const parts = [
    ...here.map((one) => `${t(`teeth.state.${one.state}`)}: ${findingWords(one)}`),
    ...planned.filter((one) => one.tooth === tooth).map((one) => `${t('plans.meant')}: ${plannedWords(one)}`),
    ...done.filter((one) => one.tooth === tooth).map(({ description, surfaces }) => `${t('teeth.state.done')}: ${description}${surfaces ? ` ${surfacesOn(tooth, surfaces)}` : ''}`),
  ]
  return [t('teeth.tooth', { tooth }), toothName(tooth), ...(parts.length > 0 ? parts : [t('teeth.nothing')])].join(', ')
}
