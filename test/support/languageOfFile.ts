import { basename } from 'node:path';

const words = (list: string): readonly string[] => list.split(' ');

/** The language IDs of VS Code, each with the ends of its file names. Kotlin's is that of its extensions. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  javascript: words('.js .mjs .cjs .es6'),
  javascriptreact: ['.jsx'],
  typescript: words('.ts .mts .cts'),
  typescriptreact: ['.tsx'],
  python: words('.py .pyi .pyw'),
  ruby: words('.rb .rake .gemspec .ru .podspec gemfile rakefile podfile'),
  php: words('.php .phtml'),
  java: ['.java'],
  kotlin: words('.kt .kts'),
  swift: ['.swift'],
  dart: ['.dart'],
  go: ['.go'],
  csharp: words('.cs .csx'),
  json: words('.json .webmanifest .har .ipynb composer.lock'),
  jsonl: words('.jsonl .ndjson'),
  jsonc: words('.jsonc .code-workspace .babelrc .eslintrc .eslintrc.json'),
  yaml: words('.yml .yaml'),
  dotenv: ['.env'],
  log: ['.log'],
  markdown: words('.md .mkd .markdown'),
  html: words('.html .htm .xhtml'),
  css: ['.css'],
  scss: ['.scss'],
  less: ['.less'],
  xml: words('.xml .svg .plist .csproj .xsd .xib .storyboard'),
  sql: ['.sql'],
  shellscript: words('.sh .bash .zsh'),
  powershell: words('.ps1 .psm1'),
  bat: words('.bat .cmd'),
  dockerfile: words('dockerfile .dockerfile containerfile'),
  makefile: words('makefile .mk'),
  ini: ['.ini'],
  properties: words('.properties .cfg .conf .editorconfig .npmrc .gitattributes'),
  ignore: words('.gitignore .dockerignore'),
  groovy: words('.groovy .gradle'),
  rust: ['.rs'],
  c: ['.c'],
  cpp: words('.cpp .cc .h .hpp'),
  'objective-c': ['.m'],
  vb: words('.vb .vbs'),
  fsharp: words('.fs .fsx'),
  perl: words('.pl .pm'),
  lua: ['.lua'],
  razor: ['.cshtml'],
  handlebars: words('.handlebars .hbs'),
  pug: words('.pug .jade'),
};
const LANGUAGES: readonly (readonly [end: string, language: string])[] = Object.entries(ENDS)
  .flatMap(([language, ends]) => ends.map((end) => [end, language] as const))
  .sort(([one], [other]) => other.length - one.length);

/** The language that VS Code gives to a file by its name: `plaintext` if it knows no other. */
export function languageOfFile(path: string): string {
  const name = basename(path).toLowerCase();
  if (name.startsWith('.env.')) return 'dotenv';
  if (/^[jt]sconfig.*\.json$/.test(name)) return 'jsonc';
  return LANGUAGES.find(([end]) => name === end || endsWith(name, end))?.[1] ?? 'plaintext';
}

/** A whole name such as `Dockerfile` is no end of another. */
const endsWith = (name: string, end: string): boolean => end.startsWith('.') && name.endsWith(end);
