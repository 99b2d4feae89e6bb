import "@remix-run/node";

declare module "@remix-run/node" {
  /** What the web process hands to every loader and action. */
  interface AppLoadContext {
    /** For scripts and styles of this answer (Content-Security-Policy). */
    nonce: string;
    requestId: string;
    /** The address that this request came from, as TRUST_PROXY has it. */
    sender: string;
    /** Product time of this request. */
    at: Date;
    /** Aborted when the process stops: long answers end. */
    shutdown: AbortSignal;
  }

  interface Future {
    v3_singleFetch: true;
  }
}
