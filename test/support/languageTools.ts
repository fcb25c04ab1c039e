import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

/** What checks a source file of a language, and whether the machine has it. */
interface LanguageTool {
  readonly name: string;
  readonly fileName: string;
  readonly command: string;
  readonly args: readonly string[];
}

const TOOLS: Readonly<Record<string, LanguageTool>> = {
  javascript: { name: 'node', fileName: 'code.mjs', command: process.execPath, args: ['--check'] },
  python: { name: 'python3', fileName: 'code.py', command: 'python3', args: ['-m', 'py_compile'] },
  ruby: { name: 'ruby', fileName: 'code.rb', command: 'ruby', args: ['-c'] },
  php: { name: 'php', fileName: 'code.php', command: 'php', args: ['-l'] },
  java: { name: 'javac', fileName: 'Code.java', command: 'javac', args: ['-proc:none'] },
  go: { name: 'gofmt', fileName: 'code.go', command: 'gofmt', args: ['-e'] },
  csharp: { name: 'mcs', fileName: 'Code.cs', command: 'mcs', args: ['--parse'] },
  kotlin: { name: 'kotlinc', fileName: 'Code.kt', command: 'kotlinc', args: [] },
};

/** The program that checks a language's code; TypeScript's own comes with the packages. */
export const toolName = (language: string): string => TOOLS[language]?.name ?? 'tsc';

/** Whether the machine can check code of the language. */
export function hasTool(language: string): boolean {
  const tool = TOOLS[language];
  if (tool === undefined) return true;
  return spawnSync(tool.command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** What the language's own tool says against a whole source file; empty if it parses. */
export function complaints(language: string, code: string): string {
  const tool = TOOLS[language];
  if (tool === undefined) return typeScriptComplaints(code);
  return inFile(tool.fileName, code, (file, folder) => {
    const run = spawnSync(tool.command, [...tool.args, file], { cwd: folder, encoding: 'utf8' });
    return run.status === 0 ? '' : `${run.stdout}${run.stderr}${run.error?.message ?? ''}`;
  });
}

/** What a program printed; it fails if the program does. */
export function output(command: string, fileName: string, code: string): string {
  return inFile(fileName, code, (file, folder) => {
    const run = spawnSync(command, [file], { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${run.stderr}${run.error?.message ?? ''}`);
    return run.stdout;
  });
}

function inFile<T>(name: string, code: string, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'smile-code-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, code);
    return use(file, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Types are checked, too, as in a strict project that has the packages of this one. */
function typeScriptComplaints(code: string): string {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    types: ['node'],
  };
  const name = join(import.meta.dirname, 'code.ts');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, code, ts.ScriptTarget.ES2022) : read(file, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
    .join('\n');
}
