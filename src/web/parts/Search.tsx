import { useEffect, useState } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';

const TYPING_MS = 250;

/** A field for search words. Calls `onFind` when the typing pauses. */
export function Search({
  label,
  value = '',
  limit,
  onFind,
}: {
  readonly label: string;
  readonly value?: string;
  /** Maximum number of characters; the field takes no more. */
  readonly limit?: number | undefined;
  readonly onFind: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => onFind(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onFind]);
  return (
    <SearchField className="field" value={text} onChange={setText}>
      <Label>{label}</Label>
      <Input maxLength={limit} />
      <Button className="clear">×</Button>
    </SearchField>
  );
}
