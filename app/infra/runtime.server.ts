const NEEDED_MAJOR = 24;

/** Exit code for a configuration that cannot work (EX_CONFIG of sysexits). */
const EXIT_CONFIG = 78;

/** Ends the process when it runs on an older Node. Every process calls it first. */
export function assertNodeMajor(): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= NEEDED_MAJOR) return;
  refuseToStart([`TrendPot needs Node ${NEEDED_MAJOR}, this is ${process.versions.node}. Start it with npm run.`]);
}

/** Says why on stderr, one line each, and exits 78. */
export function refuseToStart(reasons: readonly string[]): never {
  process.stderr.write(`TrendPot does not start:\n${reasons.map((reason) => `  ${reason}\n`).join("")}`);
  process.exit(EXIT_CONFIG);
}
