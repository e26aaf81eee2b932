/** Largest page, in items. */
export const MAX_PAGE = 200;
/** Number of items of a page whose size is not given. */
export const DEFAULT_PAGE_SIZE = 50;
