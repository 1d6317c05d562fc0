import type { Block } from '@yoman/contract/blocks'
import { call, renew } from '../api.ts'
import { t } from '../i18n.ts'
import { newId } from '../new-id.ts'
import { problemWords } from '../problem-words.ts'
import { toast } from '../ui/toasts.ts'
import type { Input } from '../request.ts'
import { blockTitle } from './block-words.ts'

export type BlockForm = Omit<Input<'POST /blocks'>['body'], 'id'>

const renewAll = (): void => renew('GET /blocks', 'GET /diary', 'GET /diary-months', 'GET /rebookings', 'GET /holiday-proposals')
const listed = (hits: number): string | undefined => (hits > 0 ? t('blocks.listed', {}, hits) : undefined)

/** Places a block; the message can take it back. Throws `ApiProblem`, which belongs into the form. */
export async function placeBlock(form: BlockForm, id = newId()): Promise<void> {
  const { block, hits } = await call('POST /blocks', { body: { id, ...form } })
  renewAll()
  toast(t('blocks.placed', { what: blockTitle(block) }), { detail: listed(hits), undo: () => void removeBlock(block, false) })
}

/** Saves what was changed; the message can put it back. Throws `ApiProblem`. */
export async function changeBlock(before: Block, form: BlockForm): Promise<void> {
  const { block, hits } = await call('PATCH /blocks/:id', { params: { id: before.id }, body: { version: before.version, ...form } })
  renewAll()
  toast(t('blocks.changed', { what: blockTitle(block) }), { detail: listed(hits), undo: () => void putBack(before, block.version) })
}

/** Takes a block out of the diary; the message can bring it back. */
export async function removeBlock(block: Block, undoable = true): Promise<void> {
  try {
    await call('DELETE /blocks/:id', { params: { id: block.id }, query: { version: block.version } })
    toast(t('blocks.removed', { what: blockTitle(block) }), undoable ? { undo: () => void restoreBlock(block) } : {})
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}

/** Takes back several at once, as the message after the year's holidays does. */
export async function removeBlocks(blocks: readonly Block[]): Promise<void> {
  try {
    for (const { id, version } of blocks) await call('DELETE /blocks/:id', { params: { id }, query: { version } })
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}

async function restoreBlock(block: Block): Promise<void> {
  try {
    const { hits } = await call('POST /blocks/:id/restoration', { params: { id: block.id } })
    toast(t('blocks.restored', { what: blockTitle(block) }), { detail: listed(hits) })
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}

async function putBack({ id, kind, branchId, resourceIds, fromDate, toDate, weekdays, starts, ends, title, privateNote }: Block, version: number): Promise<void> {
  try {
    await call('PATCH /blocks/:id', { params: { id }, body: { version, kind, branchId, resourceIds, fromDate, toDate, weekdays, starts, ends, title, ...(privateNote === null ? {} : { privateNote }) } })
    toast(t('diary.undone'))
  } catch (error) {
    toast(problemWords(error), { tone: 'problem' })
  }
  renewAll()
}
