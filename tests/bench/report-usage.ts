/** Loaded into a process by `--import`: at SIGUSR2 it says on stdout how much CPU it has used so far. */
process.on("SIGUSR2", () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 })}\n`);
});
