/**
 * Name of the stored formats. It is part of stored data, signatures and derived keys: with another name they cannot be
 * read or verified any more.
 */
export const FORMAT_NAME = 'letopis';
