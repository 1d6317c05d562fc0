import type { Conversation } from '@yoman/contract/conversations'
import { language } from '../i18n.ts'
import { patientName } from '../shell/patient-name.ts'
import { phoneText } from '../ui/phone-text.ts'

/** The patient's name, or the number where nobody knows whose it is. */
export const whoWrites = ({ patient, number }: Conversation): string => (patient ? patientName(patient, language.value) : `\u2066${phoneText(number)}\u2069`)
