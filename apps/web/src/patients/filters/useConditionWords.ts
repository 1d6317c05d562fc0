import { computed } from 'vue'
import type { Condition } from '@yoman/contract/patient-filters'
import { healthFunds, languages } from '@yoman/contract/patients'
import type { Field } from '@yoman/contract/fields'
import { attachmentKinds } from '@yoman/domain/attachments/kind'
import { useRead } from '../../api.ts'
import { inWords } from '../../fields/field-words.ts'
import { inLanguage } from '../../in-language.ts'
import { t } from '../../i18n.ts'
import { useSettings } from '../../settings/useSettings.ts'
import { isOffered } from './condition-kinds.ts'

interface Option { value: string; label: string }

/** What conditions are made of in this clinic: its fields, tags, people and kinds of visit, in the language of the screen. */
export function useConditionWords() {
  const { settings } = useSettings()
  const fieldsRead = useRead('GET /fields', {})
  const tagsRead = useRead('GET /tags', {})
  const all = computed(() => fieldsRead.data.value?.items ?? [])
  const fields = computed(() => all.value.filter(isOffered))
  const fieldOf = (id: string): Field | undefined => all.value.find((field) => field.id === id)
  const tags = computed(() => tagsRead.data.value?.items ?? [])
  const named = (list: readonly { id: string; name: string; nameEn: string }[] | undefined): Option[] => (list ?? []).map((one) => ({ value: one.id, label: inLanguage(one) }))
  const options = computed(() => ({
    visit_type: named(settings.value?.visitTypes),
    practitioner: named(settings.value?.resources.filter(({ kind }) => kind === 'practitioner')),
    branch: named(settings.value?.branches),
    tag: tags.value.map(({ id, name }) => ({ value: id, label: name })),
    language: languages.map((value) => ({ value, label: t(`patients.language.${value}`) })),
    health_fund: [...healthFunds.map((value) => ({ value, label: t(`patients.fund.${value}`) })), { value: 'none', label: t('lists.noFund') }],
    document: attachmentKinds.map((value) => ({ value, label: t(`attachments.kind.${value}`) })),
  }))
  /** Some of the clinic's fields are there and cannot be chosen by: their values are sealed. */
  const someSealed = computed(() => all.value.some(({ subject, sensitivity, retired, sees }) => subject === 'patient' && sensitivity === 'clinical' && !retired && sees))
  const labelOf = (condition: Condition): string => ('fieldId' in condition ? inWords(fieldOf(condition.fieldId)?.labels ?? { he: '', en: '', ar: '', ru: '' }) : t(`lists.kind.${condition.kind}`))
  return { fields, fieldOf, tags, options, someSealed, labelOf }
}
export type ConditionWords = ReturnType<typeof useConditionWords>
