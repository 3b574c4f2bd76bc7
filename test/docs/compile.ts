/** Compiles a block of JavaScript or TypeScript as if it were a file of this project, against the real types. */
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** Files that a block needs, parsed once for all blocks. */
const parsed = new Map<string, ts.SourceFile>();

/** @returns the compiler's complaints about the block, with their line in it */
export function compileErrors(text: string, language: 'js' | 'ts'): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const path = join(root, `documented-block.${language}`);
  const host = ts.createCompilerHost({ ...options, allowJs: true });
  const readSource = host.getSourceFile.bind(host);
  const program = ts.createProgram({
    rootNames: [path],
    // A sample declares names that later samples use.
    options: { ...options, allowJs: true, checkJs: true, noUnusedLocals: false, types: ['node'] },
    host: {
      ...host,
      fileExists: (name) => name === path || host.fileExists(name),
      getSourceFile(name, ...rest) {
        if (name === path) return ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
        const source = parsed.get(name) ?? readSource(name, ...rest);
        if (source !== undefined) parsed.set(name, source);
        return source;
      },
      getCurrentDirectory: () => dirname(path),
    },
  });
  // The names that the block uses are checked elsewhere.
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ start, file, messageText }) => {
    const at =
      file === undefined || start === undefined ? '' : `line ${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return `${at}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
