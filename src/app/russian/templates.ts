/**
 * English messages and the same in Russian. `{}` in the English text stands for any text, `{1}` in the Russian one for the
 * first of them.
 */
export type Templates = Readonly<Record<string, string>>;

interface Template {
  /** The fixed parts of the English text, between which the other texts stand. */
  readonly parts: readonly string[];
  readonly russian: string;
}

/** Length of the longest message that is translated, in characters. */
const MAX_TRANSLATED = 10_000;

/** Returns a function that translates messages by these templates; undefined for a message that fits none. */
export function translatorBy(all: Templates): (english: string) => string | undefined {
  const exact = new Map(Object.entries(all).filter(([english]) => !english.includes('{}')));
  // The template with the longest fixed text fits best.
  const templates = Object.entries(all)
    .filter(([english]) => english.includes('{}'))
    .map(([english, russian]): Template => ({ parts: english.split('{}'), russian }))
    .sort((one, other) => fixedLength(other) - fixedLength(one));

  const translate = (english: string): string | undefined => {
    if (english.length > MAX_TRANSLATED) return undefined;
    const whole = exact.get(english);
    if (whole !== undefined) return whole;
    for (const { parts, russian } of templates) {
      const texts = textsBetween(parts, english);
      if (texts) return russian.replace(/\{(\d)\}/g, (_, number: string) => within(texts[Number(number) - 1] ?? ''));
    }
    return afterColon(english);
  };
  const within = (text: string) => translate(text) ?? text;
  /** Translates `name: message`, as errors name the file, the setting or the place that they are about. */
  const afterColon = (english: string): string | undefined => {
    for (let at = english.indexOf(': '); at >= 0; at = english.indexOf(': ', at + 1)) {
      const message = translate(english.slice(at + 2));
      if (message !== undefined) return `${within(english.slice(0, at))}: ${message}`;
    }
    return undefined;
  };
  return translate;
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
