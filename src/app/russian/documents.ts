import type { Templates } from './templates.js';

/**
 * Why a document cannot be read as a plan, and the places within it. Common reasons have a short text in
 * unreadDocument.ts.
 */
export const DOCUMENT_FAULTS: Templates = {
  // Places.
  'line {}': 'строка {1}',
  'row {}': 'строка {1}',
  'paragraph {}': 'абзац {1}',
  'table {}': 'таблица {1}',
  'table {}, row {}': 'таблица {1}, строка {2}',
  'sheet «{}»': 'лист «{1}»',
  'sheet «{}», row {}': 'лист «{1}», строка {2}',
  // Reasons.
  'a text of {} characters; at most {} are read: divide it':
    'текст длиной {1} знаков, а можно не больше {2}: разделите его',
  'a character that cannot be printed ({}, at place {}): remove it':
    'знак, который нельзя напечатать ({1}, место {2}): удалите его',
  'it is built too deep for a plan': 'вложенность слишком велика для плана',
  'it holds {} files: no office document': 'в нём файлов: {1}; это не офисный документ',
  'its part {} declares XML entities, as office programs never do':
    'часть {1} объявляет сущности XML, чего офисные программы не делают',
  'these are no separated values: {}. Check its quotation marks': 'это не таблица csv ({1}): проверьте в ней кавычки',
  'Quote Not Closed: the parsing is finished with an opening quote at line {}': 'кавычка не закрыта, строка {1}',
  'Invalid Opening Quote: a quote is found on field {} at line {}, value is {}': 'кавычка внутри ячейки, строка {2}',
  'Invalid Closing Quote: {} at line {} instead of {}': 'после кавычки лишний знак, строка {2}',
  'this is a file of an old office program. Give a docx, xlsx, odt, ods, rtf, doc, xls, html, csv or text file':
    'это файл старой офисной программы: дайте docx, xlsx, odt, ods, rtf, doc, xls, html, csv или простой текст',
  'a table has more than {} columns: this is no table of a plan': 'в таблице больше {1} граф: это не таблица плана',
  'its elements are nested too deep for a page of a plan': 'вложенность слишком велика для страницы плана',
  'a zero byte: this is not a text file. Give an office document, html, csv or plain text (UTF-8) file':
    'нулевой байт: это не текст. Дайте офисный документ, html, csv или простой текст (UTF-8)',
  'not UTF-8 text. Save the document as docx, or as plain text in UTF-8, and import that':
    'это не текст UTF-8: сохраните документ как docx или как простой текст UTF-8',
  'not {} text, though it begins so': 'текст начинается как {1}, но это не он',
  'this OpenDocument file is neither a text nor a table: give an odt or ods file':
    'этот файл OpenDocument — не текст и не таблица: дайте odt или ods',
  'its cells have no places: save the workbook anew as xlsx': 'у ячеек нет мест: сохраните книгу заново как xlsx',
  'it has more than {} rows: remove the empty ones at its end': 'строк больше {1}: удалите пустые в конце',
  'a row of the plan needs title, timeframe and responsible parties in the columns of its head; {} cells found: «{}»':
    'в строке плана нужны мероприятие, срок и ответственные в графах шапки, а ячеек {1}: «{2}»',
  '{} cells more than the head row has: «{}»': 'ячеек больше, чем в шапке, на {1}: «{2}»',
  'columns «{}»: {}': 'графы «{1}»: {2}',
  'columns: the one of activities is needed, and that of times or of responsible parties: {}':
    'графы: нужна графа мероприятий и графа сроков или ответственных: {1}',
  'columns: each is another one, from 1 to {}: {}': 'графы: у каждой свой номер от 1 до {1}: {2}',
  'write it as activity=2,time=4 (and responsible=5, number=1 if there are such columns), counted from 1':
    'напишите их как activity=2,time=4 (и responsible=5, number=1, если такие графы есть), считая от 1',
  'You have {} documents here that are not done yet: wait for one of them, then send this one again.':
    'Здесь уже {1} ваших документов в работе: дождитесь одного из них и пришлите этот снова.',
  'The server has as many documents to do as it can hold: send this one again in a minute.':
    'Сервер занят другими документами: пришлите этот снова через минуту.',
  'This was not done in time: send a smaller document, or the same one later.':
    'Это не сделано вовремя: пришлите документ меньше или этот же позже.',
};
