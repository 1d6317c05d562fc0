import { headerText } from '../address.ts'
import type { Language, Text } from '../texts/text.ts'
import { isRightToLeft } from '../values.ts'

/** Text for HTML: nothing that was typed becomes a tag, an attribute or an entity. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/**
 * The same words as a small HTML page: in the language's direction, without picture, link or anything that is fetched. Its
 * colours keep a contrast of 4.5 and more.
 */
export function htmlOf({ subject, body }: Text, language: Language, clinicName: string): string {
  const direction = isRightToLeft(language) ? 'rtl' : 'ltr'
  const paragraphs = body.split('\n').map((line) => `<p dir="${direction}" style="margin:0 0 8px">${escapeHtml(line) || '&nbsp;'}</p>`)
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(headerText(subject))}</title></head>
<body style="margin:0;padding:24px;background:#f8fafc;color:#0f172a;font:16px/1.5 Arial,sans-serif">
<div dir="${direction}" style="max-width:560px;margin:0 auto;background:#ffffff;border-top:4px solid #0f766e;padding:24px">
<p style="margin:0 0 16px;font-size:20px;font-weight:bold;color:#0f766e">${escapeHtml(headerText(clinicName))}</p>
${paragraphs.join('\n')}
</div>
</body>
</html>
`
}
