import { makePreview } from '@yoman/use-cases/attachments/preview'
import type { Job } from '../jobs.ts'
import { contextOf, type WorkerServices } from '../services.ts'
import { drawSmall } from './draw.ts'

/** A picture that was filed gets its small one. Drawn here and not where it arrives: what decodes strangers' files serves nobody. */
export async function drawPreview(services: WorkerServices, { clinicId, subjectId }: Job): Promise<void> {
  await makePreview({ ...contextOf(services, clinicId), files: services.files }, subjectId, drawSmall)
}
