import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What imports what, by name. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** What a text imports, as TypeScript itself reads it: values and types, re-exports, import() and require(). */
export const importsOf = (text: string): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** The files below a folder that import each other, by their paths in it. */
export function importsIn(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const imported = importsOf(readFileSync(join(folder, file), 'utf8'))
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(file), `${name}.ts`));
      return [file, new Set(imported.filter((name) => known.has(name)))];
    }),
  );
}

/** The same for groups of files. What a group imports of itself is left out. */
export function grouped(graph: ImportGraph, groupOf: (file: string) => string): ImportGraph {
  const groups = new Map<string, Set<string>>();
  for (const [file, imported] of graph) {
    const group = groupOf(file);
    const others = groups.get(group) ?? new Set<string>();
    groups.set(group, others);
    for (const other of imported) if (groupOf(other) !== group) others.add(groupOf(other));
  }
  return groups;
}

/** The imports that are part of circles, as "a -> b": what imports nothing of the rest, or is not imported, is on none. */
export function cyclesIn(graph: ImportGraph): readonly string[] {
  let edges = [...graph].flatMap(([from, all]) => [...all].map((to) => ({ from, to })));
  for (;;) {
    const importing = new Set(edges.map(({ from }) => from));
    const imported = new Set(edges.map(({ to }) => to));
    const left = edges.filter(({ from, to }) => importing.has(to) && imported.has(from));
    if (left.length === edges.length) return left.map(({ from, to }) => `${from} -> ${to}`);
    edges = left;
  }
}
