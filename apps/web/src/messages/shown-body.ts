import { linkPlace } from '@yoman/domain/messages/template'
import { t } from '../i18n.ts'

/** What a message says, as the desk may read it: the link of an offer is the patient's alone. */
export const shownBody = (body: string): string => body.replace(linkPlace, `[${t('messages.personalLink')}]`)
