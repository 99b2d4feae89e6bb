/** A refusal as KMS words it: the name goes into `__type`, which is what the AWS SDK makes its error's name of. */
export class KmsFailure extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message = "", status = statusOf(code)) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** KMS answers 400 even where other services say 403 or 404; 500 is kept for its own faults. */
function statusOf(code: string): number {
  const ownFaults = ["KMSInternalException", "DependencyTimeoutException", "KeyUnavailableException"];
  return ownFaults.includes(code) ? 500 : 400;
}
