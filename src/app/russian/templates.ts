/**
 * English messages and their Russian texts. `{}` in the English text stands for any text; `{1}` in the Russian text
 * stands for the first of these texts.
 */
export type Templates = Readonly<Record<string, string>>;

interface Template {
  /** The fixed parts of the English text, in order. Other texts appear between them. */
  readonly parts: readonly string[];
  readonly russian: string;
}

/** Length of the longest message that is translated, in characters. A longer one is mostly text of a document. */
const MAX_TRANSLATED = 10_000;

/** Maximum number of messages that are nested in a message, such as a file, its table, the row and the problem. */
const MAX_NESTED = 8;

/**
 * Returns a function that translates messages by these templates; the function returns undefined for a message that no
 * template matches. Each part of a message is tried once, so that the time is linear in the length of the message:
 * messages may quote long documents. Quotes in «…» are not translated.
 *
 * @param tried is called with each part of a message that is compared with the templates.
 */
export function translatorBy(all: Templates, tried?: (part: string) => void): (english: string) => string | undefined {
  const exact = new Map(Object.entries(all).filter(([english]) => !english.includes('{}')));
  // The template with the longest fixed text fits best.
  const templates = Object.entries(all)
    .filter(([english]) => english.includes('{}'))
    .map(([english, russian]): Template => ({ parts: english.split('{}'), russian }))
    .sort((one, other) => fixedLength(other) - fixedLength(one));

  const translate = (english: string, levels: number): string | undefined => {
    if (levels === 0) return undefined;
    tried?.(english);
    const whole = exact.get(english);
    if (whole !== undefined) return whole;
    for (const { parts, russian } of templates) {
      const texts = textsBetween(parts, english);
      if (!texts) continue;
      const within = texts.map((text, index) => (isQuote(parts, index) ? text : (translate(text, levels - 1) ?? text)));
      return russian.replace(/\{(\d)\}/g, (_, number: string) => within[Number(number) - 1] ?? '');
    }
    return afterColon(english, levels);
  };
  /**
   * Translates `name: message`, as errors name the file, the setting or the place that they are about. The message
   * after a later colon is found within the one after the first.
   */
  const afterColon = (english: string, levels: number): string | undefined => {
    const at = firstColon(english);
    if (at === undefined) return undefined;
    const message = translate(english.slice(at + 2), levels - 1);
    if (message === undefined) return undefined;
    const name = english.slice(0, at);
    return `${translate(name, levels - 1) ?? name}: ${message}`;
  };
  return (english) => (english.length > MAX_TRANSLATED ? undefined : translate(english, MAX_NESTED));
}

/** Returns true when the text after this part of a template is in quotation marks. */
function isQuote(parts: readonly string[], index: number): boolean {
  return parts[index]?.endsWith('«') === true && parts[index + 1]?.startsWith('»') === true;
}

/** Returns the index of the first `: ` outside of «…»; undefined when there is none. */
function firstColon(message: string): number | undefined {
  let depth = 0;
  for (const { 0: found, index } of message.matchAll(/[«»]|: /g)) {
    if (found === ': ' && depth === 0) return index;
    if (found === '«') depth += 1;
    if (found === '»' && depth > 0) depth -= 1;
  }
  return undefined;
}

function fixedLength({ parts }: Template): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Returns the texts between the fixed parts of a message; undefined when the message does not have these parts. */
function textsBetween([first = '', ...rest]: readonly string[], message: string): string[] | undefined {
  const last = rest.at(-1) ?? '';
  if (!message.startsWith(first) || !message.endsWith(last)) return undefined;
  const texts: string[] = [];
  let from = first.length;
  for (const [index, part] of rest.entries()) {
    const at = index === rest.length - 1 ? message.length - last.length : message.indexOf(part, from);
    if (at < from) return undefined;
    texts.push(message.slice(from, at));
    from = at + part.length;
  }
  return texts.every((text) => text !== '') ? texts : undefined;
}
