/** A session ends this many days after its sign-in, whatever happens. */
export const SESSION_DAYS = 30;
/** A session that was not used for this many days has ended. */
export const SESSION_IDLE_DAYS = 7;
