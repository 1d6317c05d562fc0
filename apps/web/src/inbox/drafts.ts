import { reactive } from 'vue'

// What somebody began to write stays while they look at another conversation, or at another page. It is not kept on the device.
const drafts = reactive(new Map<string, string>())

export const draftOf = (conversationId: string): string => drafts.get(conversationId) ?? ''
export const setDraft = (conversationId: string, words: string): void => void (words === '' ? drafts.delete(conversationId) : drafts.set(conversationId, words))
