/** Compiles a block of JavaScript or TypeScript as if it were a file of this project, against the real types. */
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** @returns the compiler's complaints, with their line in the block */
export function compileErrors(text: string, language: 'js' | 'ts'): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const path = join(root, `documented-block.${language}`);
  const host = ts.createCompilerHost({ ...options, allowJs: true });
  const readSource = host.getSourceFile.bind(host);
  const program = ts.createProgram({
    rootNames: [path],
    // A sample shows names that the reader goes on with.
    options: { ...options, allowJs: true, checkJs: true, noUnusedLocals: false, types: ['node'] },
    host: {
      ...host,
      fileExists: (name) => name === path || host.fileExists(name),
      getSourceFile: (name, ...rest) =>
        name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) : readSource(name, ...rest),
      getCurrentDirectory: () => dirname(path),
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ start, file, messageText }) => {
    const at =
      file === undefined || start === undefined ? '' : `line ${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return `${at}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
