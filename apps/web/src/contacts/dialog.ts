import { shallowRef } from 'vue'
import type { Contact } from '@yoman/contract/contacts'

/** What is known when a conversation is written down, or corrected. */
export interface ContactStart {
  patient?: { id: string; name: string } | null
  contact?: Contact
}

/** The dialog, where it is open: it is asked for by a key on any page. */
export const contactDialog = shallowRef<ContactStart | null>(null)

export const openContact = (start: ContactStart = {}): void => void (contactDialog.value = start)
export const closeContact = (): void => void (contactDialog.value = null)
