/** Loaded into a process by `--import`: at SIGUSR2 it says on stdout how much CPU and memory it has used so far. */
process.on("SIGUSR2", () => {
  const { user, system } = process.cpuUsage();
  const residentMb = process.memoryUsage.rss() / 2 ** 20;
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, residentMb })}\n`);
});
