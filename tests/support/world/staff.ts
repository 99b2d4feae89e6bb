/** Who the simulator's staff accounts are here; everybody else is a creator. */
export const ADMIN = "staff-ada";
export const MODERATORS = ["staff-mara", "staff-theo"] as const;
