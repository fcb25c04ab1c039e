/** A document as VS Code has it, as far as its lines are read. */
export function documentOf(text: string) {
  const lines = text.split('\n');
  return {
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line] ?? '' }),
  };
}
