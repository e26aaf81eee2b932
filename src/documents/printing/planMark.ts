/**
 * An exported plan carries the id of its plan, so that an import of the file recognises it: docx and xlsx in a
 * property of this name, html in a `meta` element, csv in its last row.
 */
export const PLAN_PROPERTY = 'LetopisPlan';
/** Name of the `meta` element of a page. */
export const PLAN_META = 'letopis-plan';

const ID = String.raw`([\w.-]{1,100})`;
const ROW = new RegExp(`^# ${PLAN_META}: ${ID}$`);
const META = new RegExp(`<meta name="${PLAN_META}" content="${ID}">`);
const OFFICE_PROPERTY = `name="${PLAN_PROPERTY}"`;
/** The value after the name: within an element, or in the next text. */
const OFFICE_VALUE = new RegExp(`>[ \\n]{0,9}(?:<vt:lpwstr>)?${ID}<`);
/** Longest XML of the property, in characters. */
const LONGEST_PROPERTY = 500;

/** Returns the last row of a CSV export, which carries the id of the plan. */
export function planRow(planId: string): string {
  return `# ${PLAN_META}: ${planId}`;
}

/** Returns the id in the text of a {@link planRow}; null for another text. */
export function planIdInRow(text: string): string | null {
  return ROW.exec(text.trim())?.[1] ?? null;
}

/** Returns the plan id at the beginning of a page; null if there is none. */
export function planIdInPage(html: string): string | null {
  return META.exec(html)?.[1] ?? null;
}

/**
 * Returns the plan id in the XML of the properties of an office document (`docProps/custom.xml`, `meta.xml`); null for
 * none.
 */
export function planIdInProperties(xml: string): string | null {
  const start = xml.indexOf(OFFICE_PROPERTY);
  return start < 0 ? null : (OFFICE_VALUE.exec(xml.slice(start, start + LONGEST_PROPERTY))?.[1] ?? null);
}
