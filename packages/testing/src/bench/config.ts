/** How large the benchmark is. The defaults are what the figures in the docs were taken with. */
export function readBenchConfig(env: NodeJS.ProcessEnv) {
  return {
    patients: Number(env.BENCH_PATIENTS || 100_000),
    appointments: Number(env.BENCH_APPOINTMENTS || 500_000),
    rounds: Number(env.BENCH_ROUNDS || 5),
    reminders: Number(env.BENCH_REMINDERS || 20_000),
    /** Processes that send, ours and the bare ones alike. */
    senders: Number(env.BENCH_SENDERS || 1),
    path: env.PATH ?? '',
  }
}

export type BenchConfig = ReturnType<typeof readBenchConfig>
