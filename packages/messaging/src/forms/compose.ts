import { fillTemplate } from '@yoman/domain/messages/template'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Language, Text } from '../texts/text.ts'
import { phoneText } from '../values.ts'

export interface FormMessage {
  /** The one in which the form will be read. */
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  patientFirstName: string
  clinicName: string
  branchName: string
  /** As it was typed; empty where there is none. */
  phone: string
}

/** The words of an SMS that asks to fill in a form: not which one, for a locked phone shows it. `{link}` stays as it is until the message leaves. */
export function composeFormMessage({ language, own, phone, ...names }: FormMessage): Text {
  const values = {
    patientFirstName: headerText(names.patientFirstName),
    clinicName: headerText(names.clinicName),
    branchName: headerText(names.branchName),
    phone: phoneText(phone, language),
  }
  return { subject: '', body: fillTemplate(own?.body ?? texts[language].sms.form, values) }
}
