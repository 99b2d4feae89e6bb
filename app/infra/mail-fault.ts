/** Why a letter was not taken. Carries codes only: what a mail server says names the address. */
export class MailFault extends Error {
  override readonly name = "MailFault";
  constructor(
    /** For instance `550 RCPT TO` or `ETIMEDOUT CONN`. */
    readonly reason: string,
    /** What it is about: this address, or the way to it, which other letters go as well. */
    readonly about: "address" | "server",
    /** Whether another try would end the same. */
    readonly permanent: boolean,
  ) {
    super(reason);
  }
}
