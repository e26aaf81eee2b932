/** Returns the current time as an RFC 3339 instant in UTC. */
export type Clock = () => string;

/** The clock of this machine. */
export const systemClock: Clock = () => new Date().toISOString();
