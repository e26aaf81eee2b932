import { useQuery } from '@tanstack/react-query';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { viewerQuery } from '../api/queries';
import { language } from '../words/language';
import { words } from '../words/words';

const FORMATS = [
  ['docx', 'Word (.docx)'],
  ['xlsx', 'Excel (.xlsx)'],
  ['csv', 'CSV'],
  ['ics', `${words.plan.calendarFile} (.ics)`],
] as const;

/** A menu to download the plan, as printed or with the marks of execution, and the proof of its history. */
export function Downloads({ planId }: { readonly planId: string }) {
  const viewer = useQuery(viewerQuery);
  const mayAudit = viewer.data?.viewer.reads.includes('audit') ?? false;
  const proof = `/plans/${planId}/proof.html`;
  const at = (format: string, query = '') => `/plans/${planId}.${format}${query}`;
  return (
    <MenuTrigger>
      <Button className="quiet">{words.plan.download}</Button>
      <Popover placement="bottom end">
        <Menu aria-label={words.plan.download}>
          {FORMATS.map(([format, name]) => (
            <MenuItem key={format} href={at(format)} download>
              {name}
            </MenuItem>
          ))}
          <MenuItem href={at('docx', '?execution')} download>
            Word {words.plan.withMarks}
          </MenuItem>
          <MenuItem href={at('html')} target="_blank">
            {words.plan.toPaper}
          </MenuItem>
          {mayAudit && (
            <>
              <MenuItem href={language === 'en' ? `${proof}#en` : proof} target="_blank">
                {words.plan.openProof}
              </MenuItem>
              <MenuItem href={proof} download>
                {words.plan.proof} (.html)
              </MenuItem>
            </>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
