/** The text of a page's element. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Styles of everything that is printed on paper: the form of an office, in black. */
const PAPER = `body { font: 12pt/1.35 "PT Serif", "Liberation Serif", "Times New Roman", serif; color: #000 }
h1 { font-size: 14pt; text-align: center; margin: 0 0 4mm } p { margin: 0 0 2mm }
table { width: 100%; border-collapse: collapse; margin-top: 4mm } thead { display: table-header-group }
th, td { border: 0.5pt solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top } tr { break-inside: avoid }
.section th { text-align: center } .center { text-align: center }`;

/** A page to print on A4. */
export function page(
  title: string,
  body: string,
  options: { readonly landscape?: boolean; readonly styles?: string } = {},
): string {
  const { landscape = false, styles = '' } = options;
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>
@page { size: A4${landscape ? ' landscape' : ''}; margin: 15mm }
${PAPER}${styles === '' ? '' : `\n${styles}`}
</style></head><body>
${body}
</body></html>
`;
}
