import { fillTemplate } from '@yoman/domain/messages/template'
import type { Agorot } from '@yoman/domain/money/agorot'
import type { PlainDate } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Language, Text } from '../texts/text.ts'
import { moneyText, phoneText } from '../values.ts'

export interface StatementMessage {
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  patientFirstName: string
  clinicName: string
  phone: string
  /** Any day of the month that it tells. */
  month: PlainDate
  /** Nothing where all is paid: the line that speaks of it is left out. */
  owed: Agorot
}

/** The words around a statement of account. What was done stands nowhere, sums alone. */
export function composeStatementMessage({ language, own, patientFirstName, clinicName, phone, month, owed }: StatementMessage): Text {
  const text = own ?? texts[language].email.statement
  const values = {
    patientFirstName: headerText(patientFirstName), clinicName: headerText(clinicName), phone: phoneText(phone, language),
    month: `${month.month}/${month.year}`, total: owed > 0 ? moneyText(owed, language) : '',
  }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}

/** The name of the PDF file: Latin letters only, since some mail programs garble others. @param statement.from ISO date in its month. */
export const statementFileName = ({ from }: { from: string }): string => `statement-${from.slice(0, 7)}.pdf`
