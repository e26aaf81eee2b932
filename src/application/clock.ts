/** Tells the time as an RFC 3339 instant in UTC. */
export type Clock = () => string;

export const systemClock: Clock = () => new Date().toISOString();
