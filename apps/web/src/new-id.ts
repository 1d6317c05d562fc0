import { v7 } from 'uuid'

/** A fresh id for something that this client is about to create: a repeated POST then finds its own row. */
export const newId = (): string => v7()
