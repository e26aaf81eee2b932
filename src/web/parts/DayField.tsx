import { parseDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
} from 'react-aria-components';

/** A field for a day, typed or chosen in a calendar that begins with Monday. */
export function DayField({
  label,
  value,
  onChange,
  error,
  isRequired = false,
}: {
  readonly label: string;
  /** YYYY-MM-DD; empty if there is none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
}) {
  return (
    <DatePicker
      className="field"
      value={value === '' ? null : parseDate(value)}
      onChange={(day) => onChange(day?.toString() ?? '')}
      isRequired={isRequired}
      shouldForceLeadingZeros
      isInvalid={error !== undefined}
    >
      <Label>{label}</Label>
      <Group className="day">
        <DateInput>{(segment) => <DateSegment segment={segment} />}</DateInput>
        <Button className="quiet">▾</Button>
      </Group>
      <FieldError>{error}</FieldError>
      <Popover>
        <Dialog>
          <Calendar firstDayOfWeek="mon">
            <header>
              <Button slot="previous">‹</Button>
              <Heading />
              <Button slot="next">›</Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell date={date} />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
