import type { SettingReader } from '../setting-reader.ts'

/** `ACCOUNTING_ORIGINS`: origins with commas between them, such as `https://erp.clinic.local:8443`. None where it is not set. */
export function readAccountingOrigins(read: SettingReader): string[] {
  const given = (read.text('ACCOUNTING_ORIGINS') ?? '').split(',').map((text) => text.trim()).filter((text) => text !== '')
  for (const text of given) if (!URL.canParse(text) || new URL(text).origin !== text) read.say(`ACCOUNTING_ORIGINS has "${text}", which is no origin such as https://erp.clinic.local:8443.`)
  return given
}
