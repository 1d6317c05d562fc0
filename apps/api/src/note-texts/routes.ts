import type { noteTextRoutes } from '@yoman/contract/note-texts'
import { addNoteText, changeNoteText, readNoteTexts, removeNoteText } from '@yoman/use-cases/note-texts/write'
import type { Handlers } from '../http/handler.ts'

export const noteTextHandlers = {
  'GET /note-texts': async (ctx) => ({ items: await readNoteTexts(ctx) }),
  'POST /note-texts': (ctx, { body }) => addNoteText(ctx, body),
  'PUT /note-texts/:id': (ctx, { params, body }) => changeNoteText(ctx, params.id, body),
  'DELETE /note-texts/:id': async (ctx, { params }) => {
    await removeNoteText(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof noteTextRoutes>
