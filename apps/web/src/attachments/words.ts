import type { Attachment } from '@yoman/contract/attachments'
import { endingOf } from '@yoman/domain/attachments/media-type'
import { t } from '../i18n.ts'
import { showDate } from '../ui/typed-times.ts'

/** What an attachment is called on screen: its title, else what it is. */
export const titleWords = ({ content, kind }: Attachment): string => content?.title || t(`attachments.kind.${kind}`)

/** All of it in one line, for whoever hears and does not see. */
export const wholeWords = (one: Attachment): string =>
  [titleWords(one), t(`attachments.kind.${one.kind}`), showDate(one.takenOn), one.content && one.content.teeth.length > 0 ? `${t('attachments.teeth')} ${one.content.teeth.join(', ')}` : ''].filter(Boolean).join(', ')

/** `2.4 MB` */
export const sizeWords = (bytes: number): string => (bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`)

/** What its file is called when it is taken out. */
export const fileName = (one: Attachment): string => (one.content ? `${titleWords(one)}.${endingOf[one.content.mediaType]}` : titleWords(one))
