/** One line of the doctor: what was looked at, how it stands, and when it does not stand well, what to do. */
export interface Finding {
  check: string;
  ok: boolean;
  /** Never a secret. */
  says: string;
}

export const good = (check: string, says: string): Finding => ({ check, ok: true, says });
export const bad = (check: string, says: string): Finding => ({ check, ok: false, says });
