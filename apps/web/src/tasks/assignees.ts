import { computed, type ComputedRef } from 'vue'
import type { Task } from '@yoman/contract/tasks'
import { type Assignee, assignableRoles } from '@yoman/domain/tasks/task'
import { colleague } from '../colleagues.ts'
import { useRead } from '../api.ts'
import { t } from '../i18n.ts'
import { may, me } from '../session.ts'

/** Whom a task can be for, as one word of a list: `role:receptionist`, or a person's id. */
export const assigneeKey = ({ assignee, assigneeRole }: Pick<Task, 'assignee' | 'assigneeRole'>): string => assignee?.staffId ?? `role:${assigneeRole ?? 'receptionist'}`

export function assigneeOf(key: string): Assignee {
  const role = assignableRoles.find((one) => key === `role:${one}`)
  return role ? { role } : { staffId: key }
}

/** Roles first, then people by name. */
export function useAssignees(): ComputedRef<{ value: string; label: string }[]> {
  const { data } = useRead('GET /staff', {}, { enabled: () => may('staff.read') })
  return computed(() => [
    ...assignableRoles.map((role) => ({ value: `role:${role}`, label: t(`tasks.roles.${role}`) })),
    ...(data.value?.items ?? []).filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
  ])
}

export const assigneeWords = ({ assignee, assigneeRole }: Pick<Task, 'assignee' | 'assigneeRole'>): string => assignee ? colleague(assignee.name) : t(`tasks.roles.${assigneeRole ?? 'receptionist'}`)

/** Whether it is for me: by name, or by a role that I hold. */
export const isMine = ({ assignee, assigneeRole }: Pick<Task, 'assignee' | 'assigneeRole'>): boolean =>
  assignee?.staffId === me.value?.staffId || (assigneeRole !== null && (me.value?.roles ?? []).includes(assigneeRole))
