// Loaded into each child before its own code: ends it when the launcher is gone, even by kill -9, as if by SIGTERM.
// Needs no word of the child, which runs the same without a launcher.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// The channel itself must not keep a finished program alive.
process.channel?.unref()
