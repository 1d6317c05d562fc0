import type { contactRoutes } from '@yoman/contract/contacts'
import { pageOfContacts } from '@yoman/use-cases/contacts/read'
import { correctWords, logContact } from '@yoman/use-cases/contacts/write'
import type { Handlers } from '../http/handler.ts'

export const contactHandlers = {
  'GET /contacts': (ctx, { query }) => pageOfContacts(ctx, query),
  'POST /contacts': (ctx, { body }) => logContact(ctx, body),
  'PATCH /contacts/:id': (ctx, { params, body }) => correctWords(ctx, params.id, body),
} satisfies Handlers<keyof typeof contactRoutes>
