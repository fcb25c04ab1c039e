import { parseArgs } from 'node:util';
import { CERTAINTIES } from '../../src/core/catalogue/types';
import { catalogueRows, type CatalogueRow } from './catalogueRows';

/** `npm run catalogue [-- CODE] [--wide] [--markdown]`: the catalogue as a table, for review. */

const COLUMNS = [
  'what',
  'id',
  'outcome',
  'status',
  'category',
  'lifecycle',
  'products',
  'label',
  'meaning',
  'nextStep',
  'resubmit',
  'conflict',
  'certainty',
] as const;
const HEADS = [...COLUMNS, 'date', 'sources'];
/** In characters; --wide cuts nothing. */
const WIDEST = 44;

function main(): void {
  const { values, positionals } = parseArgs({
    options: { wide: { type: 'boolean' }, markdown: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [id] = positionals;
  const rows = catalogueRows().filter((row) => id === undefined || row.id === id);
  if (rows.length === 0) throw new Error(`The catalogue has no entry "${String(id)}".`);
  const cells = rows.map((row) => [
    ...COLUMNS.map((column) => row[column]),
    row.date,
    row.sources.join('; '),
  ]);
  const isCut = values.wide !== true && values.markdown !== true;
  const table = [HEADS, ...cells].map((line) => line.map((cell) => (isCut ? cut(cell) : cell)));
  console.log(values.markdown === true ? markdown(table) : aligned(table));
  console.log(`\n${summary(rows)}`);
}

const cut = (cell: string): string =>
  cell.length > WIDEST ? `${cell.slice(0, WIDEST - 1)}…` : cell;

function aligned(table: readonly (readonly string[])[]): string {
  const widths = HEADS.map((_, column) =>
    Math.max(...table.map((line) => (line[column] ?? '').length)),
  );
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdown([head = [], ...lines]: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}

function summary(rows: readonly CatalogueRow[]): string {
  const counts = CERTAINTIES.flatMap((certainty) => {
    const count = rows.filter((row) => row.certainty === certainty).length;
    return count === 0 ? [] : [`${count} ${certainty}`];
  });
  return `${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}: ${counts.join(', ')}`;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
