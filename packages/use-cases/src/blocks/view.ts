import type { BlockRow } from '@yoman/db/blocks/queries'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { type Actor, may } from '@yoman/domain/access'

/** A block as the asker may see it. The private note is the word of whoever is away: of all others only the owner reads it. */
export interface BlockView extends Omit<BlockRow, 'privateNoteSealed' | 'removed'> {
  /** Null: not for the asker's eyes; empty: there is none. */
  privateNote: string | null
  /** Whether the asker may change or remove it. */
  mine: boolean
}

export const privateNotePlace = (rowId: string): Place => ({ table: 'block', column: 'private_note_sealed', rowId })

/** `ownIds` are the resources behind which the asker stands. */
export function blockView({ privateNoteSealed, removed: _, ...row }: BlockRow, { actor, ownIds, sealer }: { actor: Actor; ownIds: readonly string[]; sealer: Sealer }): BlockView {
  const own = row.resourceIds.length > 0 && row.resourceIds.every((id) => ownIds.includes(id))
  const reads = own || may(actor, 'block.private') || (row.createdBy !== null && row.createdBy === actor.staffId)
  const note = privateNoteSealed === null ? '' : reads ? sealer.open(privateNotePlace(row.id), privateNoteSealed) : null
  return { ...row, privateNote: reads ? note : null, mine: may(actor, 'block.any') || (may(actor, 'block.write') && own) }
}
