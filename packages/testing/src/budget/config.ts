/** How large the clinic is that the screens are measured on. The defaults are those of the budget. */
export function readBudgetConfig(env: NodeJS.ProcessEnv) {
  return {
    patients: Number(env.BUDGET_PATIENTS || 100_000),
    appointments: Number(env.BUDGET_APPOINTMENTS || 60_000),
    rounds: Number(env.BUDGET_ROUNDS || 5),
    /** How many times slower than this machine the browser's processor is made. */
    slowdown: Number(env.BUDGET_SLOWDOWN || 4),
    path: env.PATH ?? '',
    webDir: env.WEB_DIR ?? 'apps/web/dist',
  }
}
