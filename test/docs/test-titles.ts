/** The titles of tests in a source file, each after those of its groups, as `npm run test:all -- -t` expects them. */
import ts from 'typescript';

const groups = new Set(['describe', 'longDescribe']);
/** Jest's own functions, and those of tests that run one story on several databases or storages. */
const tests = new Set(['it', 'longIt', 'test', 'story', 'promise', 'promiseOfMany', 'onPostgres']);

/** @returns titles of tests; placeholders such as `%s` are not filled in */
export function testTitles(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node, around: readonly string[]): void => {
    let inside = around;
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      const callee = calleeOf(node.expression);
      if (title !== undefined && ts.isStringLiteralLike(title) && callee !== undefined) {
        if (groups.has(callee)) inside = [...around, title.text];
        if (tests.has(callee)) titles.push([...around, title.text].join(' '));
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest), []);
  return titles;
}

/** `it` of `it`, `it.each`, `it.each([…])`, and of `(condition ? it : it.skip)`. */
function calleeOf(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return calleeOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return calleeOf(expression.tag);
  if (ts.isParenthesizedExpression(expression)) return calleeOf(expression.expression);
  if (ts.isConditionalExpression(expression)) return calleeOf(expression.whenTrue);
  return undefined;
}
