import type { Generated } from 'kysely'

export interface NoteTextTable {
  clinic_id: string
  id: string
  kind: 'template' | 'snippet'
  /** Null: everybody's in the clinic. */
  owner_id: string | null
  name: string
  body: string
  version: Generated<number>
}

export interface NoteTextStartTable {
  clinic_id: string
  note_text_id: string
  visit_type_id: string
  owner_id: string | null
}
